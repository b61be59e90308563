import { benchmark, getSpread } from './benchmark.mts';
import { getFlowIds } from './flowIds.mts';
import {
	callWebhook,
	createWebhook,
	createWorkflow,
	PACKAGE,
	rotate,
	withN8n,
} from './realN8n.mts';

// From the call of a workflow's webhook to its response: Webhook, Split Out, Get or HTTP Request, Edit Fields.

/** `delay` is the response time of the mock API in milliseconds. */
const CASES = [
	{ items: 1, delay: 0, rounds: 15 },
	{ items: 100, delay: 0, rounds: 7 },
	{ items: 1_000, delay: 0, rounds: 5 },
	{ items: 100, delay: 100, rounds: 5 },
];

benchmark('workflow', async ({ credential, reset, save }) => {
	const credentials = { kaleyraApi: { id: 'kaleyraMockApi01', name: 'Kaleyra mock API' } };
	const baseUrl = `${credential.apiDomain}/v2/${credential.sid}/whatsapp`;
	const createReader = (id: string, type: string, typeVersion: number, parameters: object) =>
		createWorkflow(id, [
			createWebhook(id, 'lastNode'),
			{
				type: 'n8n-nodes-base.splitOut',
				parameters: { fieldToSplitOut: 'body.ids', options: { destinationFieldName: 'id' } },
			},
			{ type, typeVersion, parameters, credentials },
			{
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				executeOnce: true,
				parameters: {
					mode: 'raw',
					jsonOutput: '={{ { count: $("2").all().length } }}',
					options: {},
				},
			},
		]);
	const createPackageReader = (id: string, options: object) =>
		createReader(id, `${PACKAGE}.kaleyraFlows`, 1, {
			resource: 'flow',
			operation: 'get',
			flowId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			options,
		});
	const workflows = [
		createReader('http', 'n8n-nodes-base.httpRequest', 4.2, {
			url: `=${baseUrl}/{{ $json.id }}`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'kaleyraApi',
			options: {},
		}),
		createPackageReader('package', {}),
		createPackageReader('package50', { concurrency: 50 }),
	];
	const imported = { ...credentials.kaleyraApi, type: 'kaleyraApi', data: credential };
	await withN8n({ credentials: [imported], workflows }, async ({ origin }) => {
		for (const { items, delay, rounds } of CASES) {
			await reset(items, { delay });
			const ids = getFlowIds(items);
			const durations = new Map(workflows.map(({ id }) => [id, [] as number[]]));
			// The first round isn't counted.
			for (let round = 0; round <= rounds; round++) {
				for (const { id } of rotate(workflows, round)) {
					const { duration, text } = await callWebhook(origin, id, { ids });
					if (!text.includes(`"count":${items}`)) throw new Error(`${id}: ${text}`);
					if (round > 0) durations.get(id)!.push(duration);
				}
			}
			const http = durations.get('http')!;
			const figures = [...durations].map(([id, list]) => [
				id,
				{
					milliseconds: getSpread(list).median,
					'relative to HTTP Request': getSpread(list.map((each, index) => each / http[index]!)),
				},
			]);
			save(`Get ${items} flows, response time ${delay} ms`, Object.fromEntries(figures));
		}
	});
});
