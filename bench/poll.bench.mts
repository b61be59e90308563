import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { flow } from '../test/mock-api/accounts.mts';
import { KaleyraMock } from '../test/mock-api/KaleyraMock.mts';
import { benchmark, getSpread } from './benchmark.mts';
import { getFlowIds } from './flowIds.mts';
import { callWebhook, createWebhook, createWorkflow, PACKAGE, withN8n } from './realN8n.mts';

// From the first request for the list of flows to the first request of the next node: a poll of the trigger that finds
// one change, beside an HTTP Request node that reads the same list.

const FLOWS = 1_000;
const ROUNDS = 5;

benchmark('poll', async ({ save }) => {
	const mockApi = await KaleyraMock.start();
	let listedAt = NaN;
	let received: (() => void) | undefined;
	const nextNode = createServer((_, response) => {
		received?.();
		response.end('{}');
	}).listen(0, '127.0.0.1');
	const { port } = nextNode.address() as AddressInfo;
	const { apiDomain, sid, wabaId } = mockApi.credential;
	const credentials = { kaleyraApi: { id: 'kaleyraMockApi01', name: 'Kaleyra mock API' } };
	const post = {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		executeOnce: true,
		parameters: { method: 'POST', url: `http://127.0.0.1:${port}`, options: {} },
	};
	const after = '={{ $response?.body?.paging?.cursors?.after ?? "" }}';
	const pagination = {
		paginationMode: 'updateAParameterInEachRequest',
		parameters: { parameters: [{ type: 'qs', name: 'after', value: after }] },
		paginationCompleteWhen: 'other',
		completeExpression: '={{ $response.body.data.length === 0 }}',
	};
	const workflows = [
		createWorkflow('trigger', [
			{
				type: `${PACKAGE}.kaleyraFlowsTrigger`,
				parameters: { pollTimes: { item: [{ mode: 'everyHour' }] }, events: ['statusChanged'] },
				credentials,
			},
			post,
		]),
		createWorkflow('http', [
			createWebhook('http', 'onReceived'),
			{
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: {
					url: `${apiDomain}/v2/${sid}/whatsapp/${wabaId}/flows`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'kaleyraApi',
					options: { pagination: { pagination } },
				},
				credentials,
			},
			post,
		]),
	];
	const resetMockApi = (changed: boolean) => {
		const always = () => void (Number.isNaN(listedAt) && (listedAt = performance.now()));
		mockApi.reset({ pageSize: 100, always });
		const flows = getFlowIds(FLOWS).map((id) => flow(id));
		if (changed) flows[0]!.status = 'PUBLISHED';
		mockApi.account.wabas.set(wabaId, flows);
	};
	/** @returns milliseconds */
	const measure = async (start: () => Promise<unknown>) => {
		listedAt = NaN;
		const ended = new Promise<number>((resolve) => {
			received = () => resolve(performance.now());
		});
		await start();
		return (await ended) - listedAt;
	};
	resetMockApi(false);
	const imported = { ...credentials.kaleyraApi, type: 'kaleyraApi', data: mockApi.credential };
	try {
		await withN8n({ credentials: [imported], workflows }, async (n8n) => {
			const durations = { trigger: [] as number[], http: [] as number[] };
			for (let round = 0; round <= ROUNDS; round++) {
				resetMockApi(round % 2 === 0);
				await n8n.rest('POST', '/workflows/trigger/deactivate');
				// n8n polls once when a workflow is published.
				const trigger = await measure(async () => await n8n.publish('trigger'));
				const requests = mockApi.requests.length;
				const http = await measure(async () => await callWebhook(n8n.origin, 'http', {}));
				const pages = [requests, mockApi.requests.length - requests];
				if (pages[0] !== pages[1]) throw new Error(`Different pages: ${pages.join(', ')}`);
				if (round === 0) continue;
				durations.trigger.push(trigger);
				durations.http.push(http);
			}
			const ratios = durations.trigger.map((each, index) => each / durations.http[index]!);
			save(`Poll of ${FLOWS} flows that finds a change`, {
				milliseconds: getSpread(durations.trigger).median,
				'relative to HTTP Request': getSpread(ratios),
			});
		});
	} finally {
		nextNode.close();
		await mockApi.stop();
	}
});
