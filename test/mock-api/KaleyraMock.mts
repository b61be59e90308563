import { createPublicKey } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { OpenAPIBackend } from 'openapi-backend';
import type { Context } from 'openapi-backend';
import type { Account, Flow } from './accounts.mts';
import { publish, createAccount, update } from './accounts.mts';
import { DETAIL_FIELDS, LIST_FIELDS, parseFields, toDetails } from './fields.mts';
import type { FieldsEncoding } from './fields.mts';
import { LazyFileHost } from './FileHost.mts';
import { LIFECYCLE_HANDLERS, toReply } from './lifecycle.mts';
import { getAccount, isJson, withFlow } from './requestContext.mts';
import { FLOW_ACTIONS } from './flowActions.mts';
import * as errors from './errors.mts';
import { KALEYRA_FAULTS } from './errors.mts';
import type { SentMessage } from './messages.mts';
import { sendMessage } from './messages.mts';
import { createFlowsSection } from './page/flows.mts';
import type * as server from './MockServer.mts';
import { NO_FAULTS, MockServer } from './MockServer.mts';
import { Phone } from './phone/Phone.mts';
import { createEndpointFlowJson } from './phone/endpointFlows.mts';
import { createReply, createTextMessage } from './phone/replies.mts';
import type { Reply } from './faults.mts';

export type { PlannedFault, Recorded } from './MockServer.mts';
export type { Scripted } from './faults.mts';

export interface Settings extends server.Settings {
	/** Flows per page. Meta's default is 25. */
	pageSize: number;
	/** The encoding of `fields` that the mock API accepts. */
	fields: FieldsEncoding;
	/** Unknown field names, which a list in the other encoding is too: rejected with WA-400, or ignored. */
	unknownFields: 'reject' | 'ignore';
	/** Cursors work, are ignored, return to the first page, repeat the last flow of the page, or end with the last page. */
	cursors: 'good' | 'ignored' | 'loop' | 'overlap' | 'ending';
	/** Whether the query parameter `limit` determines the page size. No page lists it. */
	limit: boolean;
	/** Whether responses without a documented sample are Meta's, or in Kaleyra's envelope. */
	envelope: boolean;
}

const DEFAULTS: Settings = {
	...NO_FAULTS,
	pageSize: 25,
	fields: 'either',
	unknownFields: 'reject',
	cursors: 'good',
	envelope: false,
	limit: false,
};

/** Mock of Kaleyra's API. */
export class KaleyraMock extends MockServer<Settings> {
	/** Shared by all instances, because compiling the description takes most of the time to start one. */
	private static readonly api = new OpenAPIBackend({
		definition: fileURLToPath(new URL('kaleyra-flows.openapi.yaml', import.meta.url)),
		apiRoot: '/v2',
		// openapi-backend validates descriptions as OpenAPI 3.0 only; a unit test validates this one as 3.1.
		quick: true,
		ajvOpts: { strict: false },
		securityHandlers: {
			apiKey: ({ request }, { accounts }: KaleyraMock) =>
				accounts.find(
					({ sid, apiKey }) =>
						sid === request.params['sid'] && apiKey === request.headers['api-key'],
				),
		},
		handlers: {
			getFlows: (context, mockApi: KaleyraMock) => mockApi.getFlows(context),
			getFlowDetails: (context, mockApi: KaleyraMock) =>
				withFlow(context, (flow, wabaId) => mockApi.getFlowDetails(context, flow, wabaId)),
			updateFlowMetadata: (context) =>
				withFlow(context, (flow, _wabaId, siblings) =>
					update(flow, siblings, context.request.requestBody)
						? { status: 200, body: UPDATED }
						: errors.incorrectPayload,
				),
			publishFlow: (context) =>
				withFlow(context, (flow) =>
					isJson(context) && publish(flow)
						? { status: 200, body: { success: true } }
						: errors.incorrectPayload,
				),
			...LIFECYCLE_HANDLERS,
			setEncryptionPublicKey: (context) => setPublicKey(context),
			sendMessage: (context, mockApi: KaleyraMock) =>
				sendMessage(context, mockApi.account, mockApi.messages),
			unauthorizedHandler: () => errors.incorrectKey,
			validationFail: () => errors.incorrectPayload,
			notFound: () => ({ status: 404, body: { message: 'no Route matched with those values' } }),
		},
	});

	accounts: Account[] = [createAccount()];
	/** The messages that it accepted, in their order. */
	messages: SentMessage[] = [];
	settings: Settings = structuredClone(DEFAULTS);
	protected readonly api = KaleyraMock.api;
	readonly faults = KALEYRA_FAULTS;
	/** Meta's host for flow JSON. */
	readonly files = new LazyFileHost();
	protected readonly title = 'Kaleyra mock API';
	readonly phone = new Phone(createPhoneSource(this));
	protected readonly sections = {
		phone: this.phone,
		flows: createFlowsSection({
			getGroups: () => new Map([...this.account.wabas].map(([id, flows]) => [`WABA ${id}`, flows])),
			getErrorCount: (flow) => flow.validation_errors.length,
			actions: FLOW_ACTIONS,
			reset: () => this.reset(),
		}),
	};

	/** @param port 0 for any free port */
	static async start(port = 0): Promise<KaleyraMock> {
		const mockApi = new KaleyraMock();
		await mockApi.listen(port);
		return mockApi;
	}

	/** The credential of the first account. */
	get credential() {
		const { sid, apiKey, wabas, phoneNumber } = this.account;
		const [wabaId = ''] = wabas.keys();
		return { sid, apiKey, pod: 'custom', apiDomain: this.origin, wabaId, phoneNumber };
	}

	get account(): Account {
		return this.accounts[0]!;
	}

	/** Where messages come from. */
	get sender() {
		const { phoneNumber } = this.account;
		return { phoneNumber, wabaId: this.credential.wabaId };
	}

	get flows(): Flow[] {
		return [...this.account.wabas.values()].flat();
	}

	/** Restores accounts and settings and clears the recorded requests. */
	reset(settings: Partial<Settings> = {}): void {
		this.accounts = [createAccount()];
		this.messages = [];
		this.phone.deliveries = [];
		this.settings = structuredClone(DEFAULTS);
		Object.assign(this.settings, settings);
		this.requests = [];
		this.chat.messages = [];
		this.files.reset();
	}

	override async stop(): Promise<void> {
		await Promise.all([super.stop(), this.files.stop()]);
	}

	/** @param result the data of a success, or a whole error response */
	reply(result: object): Reply {
		return toReply(result, this.settings.envelope);
	}

	private getFlows(context: Context): Reply {
		const flows = getAccount(context).wabas.get(String(context.request.params['waba_id']));
		if (!isJson(context)) return errors.incorrectPayload;
		if (!flows) return errors.noSuchFlow;
		const fields = parseFields(context.request.query['fields'], LIST_FIELDS, this.settings);
		if (fields === 'rejected') return errors.incorrectPayload;
		const { cursors, limit } = this.settings;
		const pageSize = (limit && Number(context.request.query['limit'])) || this.settings.pageSize;
		const after = cursors === 'ignored' ? '' : String(context.request.query['after'] ?? '');
		const start = Number(Buffer.from(after, 'base64')) || 0;
		const page = flows.slice(start, start + pageSize);
		const cursor = (index: number) => Buffer.from(String(index)).toString('base64');
		const end = start + page.length - (cursors === 'overlap' && page.length > 1 ? 1 : 0);
		const next = cursors === 'loop' ? end % flows.length : end;
		return {
			status: 200,
			body: {
				data: page.map((flow) => toDetails(flow, '', fields)),
				// As in the documented sample, the last page has cursors too; an empty page has none.
				...(page.length > 0 &&
					!(cursors === 'ending' && end >= flows.length) && {
						paging: { cursors: { before: cursor(start), after: cursor(next) } },
					}),
			},
		};
	}

	private getFlowDetails(context: Context, flow: Flow, wabaId: string): Reply {
		const fields = parseFields(context.request.query['fields'], DETAIL_FIELDS, this.settings);
		if (fields === 'rejected') return errors.incorrectPayload;
		return { status: 200, body: toDetails(flow, wabaId, fields) };
	}
}

/** Accepts a 2048-bit RSA key. */
function setPublicKey(context: Context): Reply {
	const { enabled, publicKeys } = getAccount(context);
	if (!enabled) return errors.wrongAccount;
	const pem = String(context.request.requestBody.business_public_key);
	if (!isPublicKey(pem)) return errors.incorrectPayload;
	publicKeys.set(String(context.request.params['phone_number']), pem);
	return { status: 200, body: { success: true } };
}

function isPublicKey(pem: string): boolean {
	try {
		const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(pem);
		return asymmetricKeyType === 'rsa' && asymmetricKeyDetails?.modulusLength === 2048;
	} catch {
		return false;
	}
}

const UPDATED = {
	code: 'WA200',
	message: 'Request Processed Successfully',
	data: { success: true },
	error: {},
};
/** The phone outlives a reset, which replaces accounts and messages. */
const createPhoneSource = (mockApi: KaleyraMock) => ({
	get messages() {
		return mockApi.messages;
	},
	findFlow: (id: string) => {
		const found = mockApi.flows.find((each) => each.id === id);
		return (
			found && {
				name: found.name,
				json: found.flow_json,
				endpointJson: createEndpointFlowJson(found.name),
				endpointUri: found.endpoint_uri,
			}
		);
	},
	getPublicKey: (phoneNumber: string) => mockApi.account.publicKeys.get(phoneNumber),
	createReply: (message: SentMessage, fields: object) =>
		createReply(mockApi.sender, message, fields),
	createTextMessage: ({ to }: SentMessage, text: string) =>
		createTextMessage(mockApi.sender, to, text),
});
