import { benchmark, toSeconds } from './benchmark.mts';
import { READERS } from './contenders.mts';

const EXECUTIONS = 10;
const READS = 50;

benchmark('parallelRateLimit', async ({ harness, credential, reset, measure, save }) => {
	for (const limit of [20, 50]) {
		for (const [name, read] of Object.entries(READERS)) {
			await reset(READS, { rateLimit: { requests: limit, seconds: 1 } });
			const execute = async () => (await read(harness, credential, READS)).length;
			const { result, requests, wallMs } = await measure(
				async () => await Promise.all(Array.from({ length: EXECUTIONS }, execute)),
			);
			save(`10 executions of 50 reads at ${limit} requests per second, ${name}`, {
				'successful executions': result.filter((length) => length === READS).length,
				requests,
				seconds: toSeconds(wallMs),
				// The first requests don't wait.
				'seconds at least': (EXECUTIONS * READS) / limit - 1,
			});
		}
	}
});
