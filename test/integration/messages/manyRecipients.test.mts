import { expect, test } from 'vitest';
import { mockApi, setUp, toJson } from '../setup.mts';
import { CUSTOMER, sendFlow } from './setup.mts';

setUp();

const RECIPIENTS = 200;
const PER_SECOND = 50;

test(
	`${RECIPIENTS} recipients at a rate limit of ${PER_SECOND} per second each get one message`,
	{ timeout: 120_000 },
	async () => {
		mockApi.settings.rateLimit = { requests: PER_SECOND, seconds: 1 };
		const numbers = Array.from({ length: RECIPIENTS }, (_, index) => `+9198${10_000_000 + index}`);
		const start = Date.now();
		const { main } = await sendFlow(
			{ concurrency: 10, flowToken: '' },
			{ to: '={{ $json.to }}' },
			{ items: numbers.map((to) => ({ to })) },
		);
		const ideal = RECIPIENTS / PER_SECOND;
		console.info(`${((Date.now() - start) / 1000).toFixed(1)} s, ideal ${ideal} s`);
		expect(toJson(main).map(({ to }) => to)).toEqual(numbers);
		expect(mockApi.messages.map(({ to }) => to).sort()).toEqual(numbers);
	},
);

test('A flow that is chosen by name is looked up once for all recipients', async () => {
	const flowId = { __rl: true, mode: 'name', value: 'Customer survey' };
	const items = Array.from({ length: 5 }, () => ({}));
	await sendFlow({ concurrency: 2 }, { to: CUSTOMER, flowId }, { items });
	expect(mockApi.messages).toHaveLength(5);
	const reads = mockApi.requests
		.filter(({ method }) => method === 'GET')
		.map((each) => each.target);
	expect(reads).toEqual([...new Set(reads)]);
	expect(reads).not.toEqual([]);
});
