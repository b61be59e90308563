import { testAnyStatus } from './anyStatus.mts';
import { eightByEight } from './eightByEight.mts';

testAnyStatus(eightByEight, [
	['no body', ''],
	['an HTML page', '<html>Oops</html>'],
	['an unknown code', { code: 9999, message: 'Something new', errorId: 'x', timestamp: '' }],
	['a list', []],
]);
