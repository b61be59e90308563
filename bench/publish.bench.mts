import { benchmark } from './benchmark.mts';
import { getFlowIds } from './flowIds.mts';

const EXECUTIONS = 20;

benchmark('publish', async ({ harness, reset, measure, save }) => {
	await reset(1, { delay: 50 });
	const flowId = { __rl: true, mode: 'id', value: getFlowIds(1)[0]! };
	const { result, requests, published } = await measure(
		async () =>
			await Promise.all(
				Array.from({ length: EXECUTIONS }, async () => {
					const { status } = await harness.run({ resource: 'flow', operation: 'publish', flowId });
					return status;
				}),
			),
	);
	save('20 executions that publish one flow at the same time', {
		'successful executions': result.filter((status) => status === 'success').length,
		'effective publishes': published,
		requests,
	});
});
