import { benchmark, toSeconds } from './benchmark.mts';
import { READERS } from './contenders.mts';

const BAN = { faultPlan: [{ fault: '429 with Retry-After 600 s' }] };

benchmark('ban', async ({ harness, credential, reset, measure, save }) => {
	for (const name of ['Kaleyra Flows', 'HTTP Request'] as const) {
		await reset(300, BAN);
		const { result, requests, wallMs } = await measure(
			async () =>
				await READERS[name](harness, credential, 300, { onError: 'continueRegularOutput' }),
		);
		save(`300 items that continue on error, rate-limited for 600 s, ${name}`, {
			'output items': result.length,
			requests,
			seconds: toSeconds(wallMs),
		});
	}
});
