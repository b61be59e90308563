import type { Flow } from '../mock-api/accounts.mts';
import { flow } from '../mock-api/accounts.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import { KALEYRA } from '../integration/n8nHarness.mts';
import { vectors } from '../unit/dataExchange/vectors.mts';
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

/** Flows of the mock API's initial account. */
const DRAFT = '900000000000001';
const PUBLISHED = '900000000000002';
const DESTINATION = '102290129340399';

const name = NEW_NAME;
const flowJson = '={{ ({ version: "7.1", screens: [], data: $json.id }) }}';
const categories = ['OTHER'];

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
const TO_CUSTOMER = '={{ "+91" + $json.id.slice(-10).padStart(10, "9") }}';
const FLOW_MESSAGE = {
	resource: 'message',
	to: TO_CUSTOMER,
	flowId: { __rl: true, mode: 'id', value: PUBLISHED },
	bodyText: 'Hello',
	buttonText: 'Start',
};

const hasJson = (flow: Flow | undefined, id: string) =>
	flow?.flow_json.includes(`"data":"${id}"`) === true;
const isMigrated = (mockApi: KaleyraMock, id: string) => {
	const migrated = mockApi.account.wabas.get(DESTINATION) ?? [];
	return migrated.some((each) => each.name === findFlow(mockApi, id)?.name);
};

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
			write: PUBLISH,
		},
		updateMetadata: {
			operationId: 'updateFlowMetadata',
			flowId: DRAFT,
			parameters: { flowId, updateFields: { name } },
			write: RENAME,
		},
		create: {
			operationId: 'createFlow',
			flowId: DRAFT,
			parameters: { name, categories },
			write: CREATE,
		},
		upsert: {
			operationId: 'createFlow',
			flowId: DRAFT,
			parameters: { name, categories, flowJson },
			write: {
				isApplied: (mockApi, id) => hasJson(findNewFlow(mockApi, id), id),
				isPartApplied: CREATE.isApplied,
				matches: CREATE.matches!,
			},
		},
		'upsert and publish': {
			operationId: 'createFlow',
			flowId: DRAFT,
			parameters: { operation: 'upsert', name, categories, flowJson },
			options: { publish: true },
			write: {
				isApplied: (mockApi, id) => {
					const created = findNewFlow(mockApi, id);
					return created?.status === 'PUBLISHED' && hasJson(created, id);
				},
				isPartApplied: CREATE.isApplied,
				matches: CREATE.matches!,
			},
		},
		updateJson: {
			operationId: 'updateFlowJson',
			flowId: DRAFT,
			parameters: { flowId, flowJson },
			write: { isApplied: (mockApi, id) => hasJson(findFlow(mockApi, id), id) },
		},
		getJson: { operationId: 'getFlowAssets', flowId: DRAFT, parameters: { flowId } },
		deprecate: {
			operationId: 'deprecateFlow',
			flowId: PUBLISHED,
			parameters: { flowId },
			write: DEPRECATE,
		},
		delete: {
			operationId: 'deleteFlow',
			flowId: DRAFT,
			parameters: { flowId },
			write: DELETE,
		},
		migrate: {
			operationId: 'migrateFlows',
			flowId: DRAFT,
			parameters: { destinationWabaId: DESTINATION, flowNames: '={{ [$json.id] }}' },
			write: {
				isApplied: isMigrated,
				matches: ({ target, body }, id) =>
					target.includes('/migrate_flows/') && (id === DRAFT || body.includes(`"Flow ${id}"`)),
			},
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
			parameters: {
				resource: 'message',
				to: TO_CUSTOMER,
				templateName: 'survey',
				language: 'en',
			},
			write: SEND,
		},
		setPublicKey: {
			operationId: 'setEncryptionPublicKey',
			flowId: DRAFT,
			parameters: { resource: 'endpoint', from: TO_CUSTOMER },
			credentials: { kaleyraFlowsEndpointApi: { privateKey: vectors.keys.pkcs8 } },
			write: { isApplied: (mockApi, id) => mockApi.account.publicKeys.has(getCustomer(id)) },
		},
	},
	seedFlows: (mockApi, operation, count) => {
		const status = operation === 'deprecate' ? 'PUBLISHED' : 'DRAFT';
		const flows = Array.from({ length: count }, () => flow(String(nextId++), { status }));
		const published = flow(PUBLISHED, { status: 'PUBLISHED' });
		mockApi.account.wabas.set(mockApi.credential.wabaId, [...flows, published]);
		return flows.map(({ id }) => id);
	},
	describeFlow: (mockApi, id) =>
		[
			CREATE.isApplied(mockApi, id) && 'new flow created',
			findNewFlow(mockApi, id)?.status === 'PUBLISHED' && 'new flow published',
			isMigrated(mockApi, id) && 'migrated',
			hasJson(findNewFlow(mockApi, id) ?? findFlow(mockApi, id), id) && 'new JSON',
			isSent(mockApi, id) && 'message sent',
			mockApi.account.publicKeys.has(getCustomer(id)) && 'public key set',
			RENAME.isApplied(mockApi, id) && 'renamed',
			findFlow(mockApi, id)?.status ?? 'deleted',
		]
			.filter(Boolean)
			.join(', '),
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
