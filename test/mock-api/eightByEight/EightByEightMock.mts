import { fileURLToPath } from 'node:url';
import { OpenAPIBackend } from 'openapi-backend';
import type { Context } from 'openapi-backend';
import type { Settings } from '../MockServer.mts';
import { LazyFileHost } from '../FileHost.mts';
import { NO_FAULTS, MockServer } from '../MockServer.mts';
import type { Reply } from '../faults.mts';
import type { SentMessage } from '../messages.mts';
import { createFlowsSection } from '../page/flows.mts';
import { createEndpointFlowJson } from '../phone/endpointFlows.mts';
import { Phone } from '../phone/Phone.mts';
import type { Account, Content, Flow } from './accounts.mts';
import {
	create,
	deprecate,
	toDetails,
	publish,
	remove,
	createAccount,
	update,
} from './accounts.mts';
import * as errors from './errors.mts';
import { FLOW_ACTIONS } from './flowActions.mts';
import { sendMessage } from './messages.mts';
import { createReply, createTextMessage } from './replies.mts';

const DONE: Reply = { status: 200, body: undefined };
const DAY = 86_400_000;

/** Mock of 8x8's API. */
export class EightByEightMock extends MockServer {
	/** Shared by all instances, because compiling the description takes most of the time to start one. */
	private static readonly api = new OpenAPIBackend({
		definition: fileURLToPath(new URL('eightByEight.openapi.yaml', import.meta.url)),
		// openapi-backend validates descriptions as OpenAPI 3.0 only; a unit test validates this one as 3.1.
		quick: true,
		ajvOpts: { strict: false },
		securityHandlers: {
			apiKey: ({ request: { params, headers } }, { accounts }: EightByEightMock) =>
				accounts.find(
					({ accountId, apiKey, subaccountIds }) =>
						(subaccountIds.includes(String(params['subAccountId'])) ||
							normalize(accountId) === normalize(String(params['accountId']))) &&
						`Bearer ${apiKey}` === headers['authorization'],
				),
		},
		handlers: {
			getFlows: (context) =>
				inChannel(context, (flows) => {
					const limit = Number(context.request.query['limit'] ?? 100);
					const rows = flows.slice(0, limit).map(({ id, name, status }) => ({ id, name, status }));
					return { status: 200, body: { flows: rows } };
				}),
			createFlow: (context) =>
				inChannel(context, (flows) => {
					const created = create(context.request.requestBody as Content, flows);
					return created ? toSaved(created) : errors.invalidParameter;
				}),
			getFlow: (context, mockApi: EightByEightMock) =>
				withFlow(context, async (flow) => {
					const url =
						flow.flowJsonUrl ??
						(await mockApi.files.serve(`/flow-json/${flow.id}?oe=6A000000`, flow.flowJson));
					return { status: 200, body: toDetails(flow, url) };
				}),
			updateFlow: (context) =>
				withFlow(context, (flow, siblings) =>
					update(flow, siblings, context.request.requestBody as Content)
						? toSaved(flow)
						: errors.invalidParameter,
				),
			deleteFlow: (context) =>
				withFlow(context, (flow, siblings) => toWriteReply(remove(flow, siblings))),
			publishFlow: (context) => withFlow(context, (flow) => toWriteReply(publish(flow))),
			deprecateFlow: (context) => withFlow(context, (flow) => toWriteReply(deprecate(flow))),
			getPreview: (context, mockApi: EightByEightMock) =>
				withFlow(context, ({ id }) => {
					if (context.request.query['refresh'] === 'true') mockApi.previews++;
					const body = {
						id,
						preview_url: `https://business.facebook.com/wa/manage/flows/${id}/preview/?token=t${mockApi.previews}`,
						expires_at: new Date(Date.now() + 30 * DAY).toISOString(),
					};
					return { status: 200, body };
				}),
			sendMessage: (context, { messages }: EightByEightMock) => sendMessage(context, messages),
			unauthorizedHandler: ({ request }, { accounts }: EightByEightMock) =>
				accounts.some(({ apiKey }) => `Bearer ${apiKey}` === request.headers['authorization'])
					? errors.notYourAccount
					: errors.notAuthenticated,
			validationFail: () => errors.invalidParameter,
			notFound: () => ({ status: 404, body: { message: 'no Route matched with those values' } }),
		},
	});

	accounts: Account[] = [createAccount()];
	/** The messages that it accepted, in their order. */
	messages: SentMessage[] = [];
	settings: Settings = structuredClone(NO_FAULTS);
	protected readonly api = EightByEightMock.api;
	readonly faults = errors.FAULTS;
	/** Meta's host for flow JSON. */
	readonly files = new LazyFileHost();
	protected readonly title = '8x8 mock API';
	readonly phone = new Phone(createPhoneSource(this));
	protected readonly sections = {
		phone: this.phone,
		flows: createFlowsSection({
			getGroups: () =>
				new Map([...this.account.channels].map(([id, flows]) => [`Channel ${id}`, flows])),
			getErrorCount: (flow) => flow.validationErrors.length,
			actions: FLOW_ACTIONS,
			reset: () => this.reset(),
		}),
	};
	/** Number of preview links created so far. */
	private previews = 0;

	/** @param port 0 for any free port */
	static async start(port = 0): Promise<EightByEightMock> {
		const mockApi = new EightByEightMock();
		await mockApi.listen(port);
		return mockApi;
	}

	/** The credential of the first account. */
	get credential() {
		const { accountId, apiKey, subaccountIds } = this.account;
		const [subaccountId = ''] = subaccountIds;
		return { apiKey, accountId, region: 'custom', apiDomain: this.origin, subaccountId };
	}

	get account(): Account {
		return this.accounts[0]!;
	}

	/** The flows of the first channel. */
	get flows(): Flow[] {
		return [...this.account.channels.values()][0]!;
	}

	/** Restores accounts and settings and clears the recorded requests. */
	reset(settings: Partial<Settings> = {}): void {
		this.accounts = [createAccount()];
		this.messages = [];
		this.phone.deliveries = [];
		this.settings = structuredClone(NO_FAULTS);
		Object.assign(this.settings, settings);
		this.requests = [];
		this.chat.messages = [];
		this.files.reset();
	}

	override async stop(): Promise<void> {
		await Promise.all([super.stop(), this.files.stop()]);
	}
}

function inChannel<TReply extends Reply | Promise<Reply>>(
	context: Context,
	handle: (flows: Flow[]) => TReply,
): TReply | Reply {
	const { channels }: Account = context.security['apiKey'];
	const flows = channels.get(String(context.request.params['channelId']));
	return flows ? handle(flows) : errors.notFound;
}

function withFlow<TReply extends Reply | Promise<Reply>>(
	context: Context,
	handle: (flow: Flow, siblings: Flow[]) => TReply,
): TReply | Reply {
	return inChannel<TReply | Reply>(context, (flows) => {
		const flow = flows.find(({ id }) => id === context.request.params['flowId']);
		return flow ? handle(flow, flows) : errors.notFound;
	});
}

const normalize = (accountId: string) => accountId.replaceAll('-', '').toLowerCase();

const toWriteReply = (done: boolean): Reply => (done ? DONE : errors.invalidParameter);

function toSaved({ id, validationErrors }: Flow): Reply {
	const errors = validationErrors.length > 0 && { validationErrors };
	return { status: 200, body: { id, success: true, ...errors } };
}

/** The phone outlives a reset, which replaces accounts and messages. */
const createPhoneSource = (mockApi: EightByEightMock) => {
	const getSender = ({ from }: SentMessage) => ({
		subAccountId: from,
		channelId: [...mockApi.account.channels.keys()][0]!,
	});
	return {
		get messages() {
			return mockApi.messages;
		},
		findFlow: (id: string) => {
			const found = [...mockApi.account.channels.values()].flat().find((each) => each.id === id);
			return (
				found && {
					name: found.name,
					json: found.flowJson,
					endpointJson: createEndpointFlowJson(found.name),
					endpointUri: found.endPointUri,
				}
			);
		},
		// 8x8 documents no page to set it.
		getPublicKey: () => undefined,
		createReply: (message: SentMessage, fields: object) =>
			createReply(getSender(message), message, fields),
		createTextMessage: (message: SentMessage, text: string) =>
			createTextMessage(getSender(message), message.to, text),
	};
};
