import { benchmark } from './benchmark.mts';
import { readWithHttpRequest, readWithNode, readWithUndici } from './contenders.mts';

benchmark('reads', async ({ harness, credential, reset, compare, save }) => {
	for (const [count, delay] of [
		[1_000, 50],
		[500, 200],
	] as const) {
		await reset(count, { delay });
		const { wall } = await compare(
			async () => await readWithNode(harness, count),
			async () => await readWithUndici(credential, count, 10),
		);
		const title = `${count.toLocaleString('en-US')} reads, response time ${delay} ms, concurrency 10`;
		save(`${title}: duration relative to undici`, wall);
	}

	await reset(500);
	const { cpu } = await compare(
		async () => await readWithNode(harness, 500),
		async () => await readWithHttpRequest(harness, credential, 500),
	);
	save('500 reads: CPU time relative to HTTP Request', cpu);
});
