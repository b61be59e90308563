import { testAnyStatus } from './anyStatus.mts';
import { kaleyra } from './kaleyra.mts';

testAnyStatus(kaleyra, [
	['no body', ''],
	['an HTML page', '<html>Oops</html>'],
	['an unknown code', { code: 'WA-999', message: 'Something new', data: {}, error: {} }],
	['an unknown Meta error', { error: { message: 'Something new', code: 999_999 } }],
	['a list', []],
]);
