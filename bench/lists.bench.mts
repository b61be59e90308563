import { benchmark, getSpread, round } from './benchmark.mts';
import { listWithHelper, listWithNode, listWithUndici } from './contenders.mts';

benchmark('lists', async ({ harness, credential, reset, measure, compare, save }) => {
	const listAll = async () => await listWithNode(harness, { returnAll: true });
	const listAllWithUndici = async () => await listWithUndici(credential);
	const title = 'List of 10,000 flows, 100 per page';

	await reset(10_000, { pageSize: 100 });
	const list = await compare(listAll, listAllWithUndici);
	save(`${title}: duration relative to undici`, list.wall);
	save(`${title}: heap growth in MB`, getSpread(list.ours.map(({ heap }) => heap / 1e6)));
	const helper = await compare(
		async () => await listWithHelper(harness, credential),
		listAllWithUndici,
	);
	save(`${title}, n8n's HTTP helper in a loop: duration relative to undici`, helper.wall);

	await reset(10_000, { pageSize: 100, delay: 50 });
	const slow = await compare(listAll, listAllWithUndici);
	save(`${title}, response time 50 ms: duration relative to undici`, slow.wall);

	await reset(10_000, { pageSize: 100 });
	const limited = await measure(async () => await listWithNode(harness, { limit: 50 }));
	save('List with a limit of 50', { flows: limited.result.length, requests: limited.requests });

	for (const [items, flows] of [
		[100, 7],
		[10_000, 1],
	] as const) {
		await reset(flows);
		const shared = await measure(
			async () => await listWithNode(harness, { returnAll: true }, Array(items).fill({})),
		);
		save(`${items.toLocaleString('en-US')} items that list one WABA`, {
			output: shared.result.length,
			requests: shared.requests,
			'milliseconds per item': round(shared.wallMs / items, 3),
		});
	}
});
