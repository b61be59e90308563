import { benchmark, toSeconds } from './benchmark.mts';
import { READERS } from './contenders.mts';

const LIMIT = { rateLimit: { requests: 50, seconds: 1 } };

benchmark('rateLimit', async ({ harness, credential, reset, measure, save }) => {
	for (const [name, read] of Object.entries(READERS)) {
		await reset(300, LIMIT);
		const { result, requests, wallMs } = await measure(
			async () => await read(harness, credential, 300),
		);
		save(`300 reads at 50 requests per second, ${name}`, {
			'successful reads': result.length,
			requests,
			seconds: toSeconds(wallMs),
		});
	}
});
