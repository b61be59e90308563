import { flow } from '../mock-api/eightByEight/accounts.mts';
import { EightByEightMock } from '../mock-api/eightByEight/EightByEightMock.mts';
import { EIGHT_BY_EIGHT } from '../integration/n8nHarness.mts';
import {
	CREATE,
	DELETE,
	DEPRECATE,
	findFlow,
	findNewFlow,
	NEW_NAME,
	PUBLISH,
	RENAME,
} from './flowWrites.mts';
import type { Provider, Write } from './provider.mts';
import { FLOW_ID as flowId } from './provider.mts';

/** Flows of the mock API's initial account, and their channel. */
const DRAFT = '800000000000001';
const PUBLISHED = '800000000000002';
const CHANNEL = '3f1c2b4a-0000-4000-8000-0000000000c1';

const channelAndFlow = { channelId: CHANNEL, flowId };
const name = NEW_NAME;
const FLOW_JSON = '{ "version": "7.1", "screens": [] }';

/** New IDs for each sequence, so that a request that arrives after the end of its sequence changes no other one. */
let nextId = 1_000;

/** The customer of an item, and whether a message to them was accepted. */
const getCustomer = (id: string) => `+65${id.slice(-8).padStart(8, '9')}`;
const isSent = (mockApi: EightByEightMock, id: string) =>
	mockApi.messages.some(({ to }) => to === getCustomer(id));
const SEND: Write<EightByEightMock> = {
	isApplied: isSent,
	matches: ({ target, body }, id) => target.endsWith('/messages') && body.includes(getCustomer(id)),
};
const MESSAGE = {
	resource: 'message',
	to: '={{ "+65" + $json.id.slice(-8).padStart(8, "9") }}',
};
const FLOW_MESSAGE = {
	...MESSAGE,
	flowId: { __rl: true, mode: 'id', value: PUBLISHED },
	bodyText: 'Hello',
	buttonText: 'Start',
};

export const eightByEight: Provider<EightByEightMock> = {
	name: '8x8',
	package: EIGHT_BY_EIGHT,
	start: async () => await EightByEightMock.start(),
	operations: {
		getMany: { operationId: 'getFlows', flowId: DRAFT, parameters: { channelId: CHANNEL } },
		get: { operationId: 'getFlow', flowId: DRAFT, parameters: channelAndFlow },
		preview: { operationId: 'getPreview', flowId: DRAFT, parameters: channelAndFlow },
		create: {
			operationId: 'createFlow',
			flowId: DRAFT,
			parameters: { channelId: CHANNEL, name, categories: ['OTHER'] },
			write: CREATE,
		},
		upsert: {
			operationId: 'createFlow',
			flowId: DRAFT,
			parameters: { channelId: CHANNEL, name, categories: ['OTHER'], flowJson: FLOW_JSON },
			write: CREATE,
		},
		'upsert and publish': {
			operationId: 'createFlow',
			flowId: DRAFT,
			parameters: {
				operation: 'upsert',
				channelId: CHANNEL,
				name,
				categories: ['OTHER'],
				flowJson: FLOW_JSON,
			},
			options: { publish: true },
			write: {
				isApplied: (mockApi, id) => findNewFlow(mockApi, id)?.status === 'PUBLISHED',
				isPartApplied: CREATE.isApplied,
				matches: CREATE.matches!,
			},
		},
		update: {
			operationId: 'updateFlow',
			flowId: DRAFT,
			parameters: { ...channelAndFlow, updateFields: { name } },
			write: RENAME,
		},
		publish: {
			operationId: 'publishFlow',
			flowId: DRAFT,
			parameters: channelAndFlow,
			write: PUBLISH,
		},
		deprecate: {
			operationId: 'deprecateFlow',
			flowId: PUBLISHED,
			parameters: channelAndFlow,
			write: DEPRECATE,
		},
		delete: {
			operationId: 'deleteFlow',
			flowId: DRAFT,
			parameters: channelAndFlow,
			write: DELETE,
		},
		sendFlow: {
			operationId: 'sendMessage',
			flowId: DRAFT,
			parameters: FLOW_MESSAGE,
			write: SEND,
		},
		sendAndWait: {
			operationId: 'sendMessage',
			flowId: DRAFT,
			parameters: FLOW_MESSAGE,
			maxItems: 1,
			write: SEND,
		},
		sendFlowTemplate: {
			operationId: 'sendMessage',
			flowId: DRAFT,
			parameters: { ...MESSAGE, templateName: 'survey', language: 'en' },
			write: SEND,
		},
	},
	seedFlows: (mockApi, operation, count) => {
		const status = operation === 'deprecate' ? 'PUBLISHED' : 'DRAFT';
		const flows = Array.from({ length: count }, () => flow(String(nextId++), { status }));
		const published = flow(PUBLISHED, { status: 'PUBLISHED' });
		mockApi.account.channels.set(CHANNEL, [...flows, published]);
		return flows.map(({ id }) => id);
	},
	describeFlow: (mockApi, id) =>
		[
			CREATE.isApplied(mockApi, id) && 'new flow created',
			findNewFlow(mockApi, id)?.status === 'PUBLISHED' && 'new flow published',
			RENAME.isApplied(mockApi, id) && 'renamed',
			isSent(mockApi, id) && 'message sent',
			findFlow(mockApi, id)?.status ?? 'deleted',
		]
			.filter(Boolean)
			.join(', '),
	report: '../../packages/n8n-nodes-8x8-flows/docs/fault-injection-results.md',
	excluded: {
		operations: ['publish', 'deprecate', 'delete'],
		fault: 'empty 200',
		reason: "8x8 responds to these operations with an empty 200, so the fault can't be detected",
	},
	faults: [
		'connection reset before the response',
		'connection reset after the write was applied',
		'connection reset during the response body',
		'truncated JSON',
		'HTML with status 200',
		'HTML with status 200 after the write was applied',
		'empty 200 after the write was applied',
		'success: false with status 200',
		'1002 invalid format',
		'2000 internal error',
		'2000 after the write was applied',
		'429 with Retry-After 1 s',
		'502 from a gateway',
		'404 from a gateway',
		'no response after the write was applied',
	],
};
