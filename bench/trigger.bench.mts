import type { Cost } from './benchmark.mts';
import { benchmark, getSpread } from './benchmark.mts';

const POLLS = 5;

benchmark('trigger', async ({ harness, reset, measure, save }) => {
	for (const flows of [10, 1_000, 10_000]) {
		await reset(flows, { pageSize: 100 });
		const trigger = harness.poller('kaleyraFlowsTrigger', { events: ['statusChanged'] });
		const poll = async () => (await trigger.poll()) ?? [];
		await poll();
		const costs: Cost[] = [];
		for (let index = 0; index < POLLS; index++) costs.push(await measure(poll));
		save(`Poll of ${flows.toLocaleString('en-US')} flows, 100 per page`, {
			milliseconds: getSpread(costs.map(({ wallMs }) => wallMs)).median,
			requests: costs[0]!.requests,
			'bytes of poll state': JSON.stringify(trigger.staticData).length,
		});
	}
});
