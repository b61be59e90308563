import { beforeAll, describe, expect, test } from 'vitest';
import { parsePrivateKey } from '../../nodes/shared/whatsappFlows/dataExchange/privateKey.ts';
import { createSignedFlowToken } from '../../nodes/shared/whatsappFlows/signedFlowToken.ts';
import { callEndpoint } from '../mock-api/page/whatsAppEndpointClient.mjs';
import { vectors } from '../unit/dataExchange/vectors.mts';
import type { QueueMode } from './QueueMode.mts';
import { TIMEOUT } from './timeouts.mts';
import { createNode, createWorkflow } from './workflows.mts';

const PATH = 'endpoint';
const REQUESTS = 20;

export function describeEndpoint(getQueueMode: () => QueueMode): void {
	describe('Data Exchange', { timeout: TIMEOUT }, () => {
		let workflowId: string;

		beforeAll(async () => {
			const credential = await getQueueMode().addCredential('kaleyraFlowsEndpointApi', {
				privateKey: vectors.keys.pkcs8,
			});
			const trigger = createNode('kaleyraFlowsEndpointTrigger', [credential], {
				path: PATH,
				flowTokenPolicy: 'signed',
			});
			const respond = createNode('kaleyraFlows', [credential], {
				resource: 'endpoint',
				operation: 'respond',
				responseType: 'nextScreen',
				screen: 'NEXT',
				inputType: 'json',
				screenData: '={{ { order: $json.data.order, customer: $json.token.customer } }}',
			});
			workflowId = await getQueueMode().publish(createWorkflow(PATH, [trigger, respond]));
		});

		test(`Respond on the workers answers ${REQUESTS} requests that the webhook processor received`, async () => {
			const queueMode = getQueueMode();
			const privateKey = parsePrivateKey(vectors.keys.pkcs8, '');
			const requests = Array.from({ length: REQUESTS }, async (_, order) => {
				const customer = `Customer ${order}`;
				const { status, response } = await callEndpoint(
					`${queueMode.webhook.origin}/webhook/${PATH}`,
					{
						version: '3.0',
						action: 'data_exchange',
						screen: 'ORDER',
						data: { order },
						flow_token: createSignedFlowToken({ customer }, Date.now() + 3_600_000, privateKey),
					},
					{ getPublicKey: () => vectors.publicKey },
				);
				return { status, response };
			});
			expect(await Promise.all(requests)).toEqual(
				requests.map((_, order) => ({
					status: 200,
					response: { screen: 'NEXT', data: { order, customer: `Customer ${order}` } },
				})),
			);
			for (const { id } of await queueMode.listExecutions(workflowId)) {
				expect(queueMode.findWorker(id), `execution ${id}`).toBeDefined();
			}
		});
	});
}
