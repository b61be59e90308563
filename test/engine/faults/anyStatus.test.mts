import { describe, expect, test } from 'vitest';
import { sideBySide, useSandboxes } from './runIn.mts';
import { byId, DRAFT, engine, setUp } from '../setup.mts';

setUp();
const sandboxes = useSandboxes(10);

const STATUSES = Array.from({ length: 300 }, (_, index) => 300 + index);
const BODIES: [string, unknown][] = [
	['no body', ''],
	['a web page', '<html>Oops</html>'],
	['an unknown code', { code: 'WA-999', message: 'Something new', data: {}, error: {} }],
	['an unknown refusal of Meta’s', { error: { message: 'Something new', code: 999_999 } }],
	['a list where a refusal belongs', []],
];

describe('Every status from 300 to 599', { timeout: 120_000 }, () => {
	test.each(BODIES)(
		'with %s is a refusal that says what to do, and no success',
		async (_, body) => {
			const told = await sideBySide(STATUSES, sandboxes, async (status, sandbox) => {
				sandbox.reset({ always: () => ({ status, body }) });
				const { main } = await engine.as(sandbox.credential).run(
					{
						resource: 'flow',
						operation: 'publish',
						flowId: byId(DRAFT),
						options: { maxRetries: 0 },
					},
					{ onError: 'continueRegularOutput' },
				);
				const { error, details } = main[0]!.json as {
					error: string;
					details: { description: string };
				};
				const published = sandbox.flows.some(
					({ id, status: now }) => id === DRAFT && now !== 'DRAFT',
				);
				const said = error.length > 5 && details.description.includes(`HTTP ${status}`);
				return said && !published ? [] : [{ status, error, details, published }];
			});
			expect(told.flat()).toEqual([]);
		},
	);
});
