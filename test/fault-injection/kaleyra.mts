import { flow } from '../mock-api/accounts.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import { KALEYRA } from '../integration/n8nHarness.mts';
import type { Provider, Write } from './provider.mts';
import { FLOW_ID as flowId } from './provider.mts';

/** Flows of the mock API's initial account. */
const DRAFT = '900000000000001';
const PUBLISHED = '900000000000002';

const findFlow = (mockApi: KaleyraMock, id: string) => mockApi.flows.find((each) => each.id === id);
/** New IDs for each sequence, so that a request that arrives after the end of its sequence changes no other one. */
let nextId = 1_000;

/** The customer of an item, and whether a message to them was accepted. */
const getCustomer = (id: string) => `+91${id.slice(-10).padStart(10, '9')}`;
const isSent = (mockApi: KaleyraMock, id: string) =>
	mockApi.messages.some(({ to }) => to === getCustomer(id));
const SEND: Write<KaleyraMock> = {
	isApplied: isSent,
	matches: ({ target, body }, id) => target.endsWith('/messages') && body.includes(getCustomer(id)),
};
const MESSAGE = {
	resource: 'message',
	to: '={{ "+91" + $json.id.slice(-10).padStart(10, "9") }}',
};

const isRenamed = (mockApi: KaleyraMock, id: string) => findFlow(mockApi, id)?.name === `New ${id}`;

export const kaleyra: Provider<KaleyraMock> = {
	name: 'Kaleyra',
	package: KALEYRA,
	start: async () => await KaleyraMock.start(),
	operations: {
		getMany: { operationId: 'getFlows', flowId: DRAFT, parameters: { returnAll: true } },
		get: { operationId: 'getFlowDetails', flowId: DRAFT, parameters: { flowId } },
		publish: {
			operationId: 'publishFlow',
			flowId: DRAFT,
			parameters: { flowId },
			write: {
				isApplied: (mockApi, id) => findFlow(mockApi, id)?.status === 'PUBLISHED',
				matches: ({ method, target }, id) => method === 'POST' && target.endsWith(`/${id}/publish`),
			},
		},
		updateMetadata: {
			operationId: 'updateFlowMetadata',
			flowId: DRAFT,
			parameters: { flowId, updateFields: { name: '=New {{ $json.id }}' } },
			write: { isApplied: isRenamed },
		},
		sendFlow: {
			operationId: 'sendMessage',
			flowId: DRAFT,
			parameters: {
				...MESSAGE,
				flowId: { __rl: true, mode: 'id', value: PUBLISHED },
				bodyText: 'Hello',
				buttonText: 'Start',
			},
			write: SEND,
		},
		sendFlowTemplate: {
			operationId: 'sendMessage',
			flowId: DRAFT,
			parameters: { ...MESSAGE, templateName: 'survey', language: 'en' },
			write: SEND,
		},
	},
	seedFlows: (mockApi, _operation, count) => {
		const drafts = Array.from({ length: count }, () => flow(String(nextId++)));
		const published = flow(PUBLISHED, { status: 'PUBLISHED' });
		mockApi.account.wabas.set(mockApi.credential.wabaId, [...drafts, published]);
		return drafts.map(({ id }) => id);
	},
	describeFlow: (mockApi, id) =>
		`${isSent(mockApi, id) ? 'message sent, ' : ''}${isRenamed(mockApi, id) ? 'renamed, ' : ''}${findFlow(mockApi, id)?.status}`,
	report: '../../docs/fault-injection-results.md',
	faults: [
		'connection reset before the response',
		'connection reset after the write was applied',
		'connection reset during the response body',
		'truncated JSON',
		'HTML with status 200',
		'HTML with status 200 after the write was applied',
		'empty 200 after the write was applied',
		'success: false with status 200',
		'WA-400 incorrect payload',
		'WA-500 internal error',
		'WA-500 after the write was applied',
		'WA-500 with status 200 after the write was applied',
		'WA-500 with status 400 after the write was applied',
		'429 with Retry-After 1 s',
		'502 from a gateway',
		'Meta 4',
		'Meta 139002',
		'no response after the write was applied',
		'E110 balance',
	],
};
