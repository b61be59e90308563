import { testAnyStatus } from './anyStatus.mts';
import { kaleyra } from './kaleyra.mts';

testAnyStatus(kaleyra, [
	['no body', ''],
	['a web page', '<html>Oops</html>'],
	['an unknown code', { code: 'WA-999', message: 'Something new', data: {}, error: {} }],
	['an unknown refusal of Meta’s', { error: { message: 'Something new', code: 999_999 } }],
	['a list where a refusal belongs', []],
]);
