import { fileURLToPath } from 'node:url';
import { OpenAPIBackend } from 'openapi-backend';
import type { Context } from 'openapi-backend';
import type { Settings } from '../MockServer.mts';
import { NO_FAULTS, MockServer } from '../MockServer.mts';
import type { Reply } from '../faults.mts';
import type { Account, Content, Flow } from './accounts.mts';
import {
	create,
	deprecate,
	detailsOf,
	publish,
	remove,
	createAccount,
	update,
} from './accounts.mts';
import * as errors from './errors.mts';

const DONE: Reply = { status: 200, body: undefined };
const DAY = 86_400_000;

/** 8x8's stand-in. */
export class EightByEightMock extends MockServer {
	accounts: Account[] = [createAccount()];
	settings: Settings = structuredClone(NO_FAULTS);
	readonly faults = errors.FAULTS;
	/** How often a preview link was made. */
	private previews = 0;

	protected readonly api = new OpenAPIBackend({
		definition: fileURLToPath(new URL('eightByEight.openapi.yaml', import.meta.url)),
		// Its own check of the description knows OpenAPI 3.0 only; a test checks it as 3.1.
		quick: true,
		ajvOpts: { strict: false },
		securityHandlers: {
			apiKey: ({ request }) =>
				this.accounts.find(
					({ accountId, apiKey }) =>
						bare(accountId) === bare(String(request.params['accountId'])) &&
						`Bearer ${apiKey}` === request.headers['authorization'],
				),
		},
		handlers: {
			getFlows: (context) =>
				this.inChannel(context, (flows) => {
					const limit = Number(context.request.query['limit'] ?? 100);
					const shown = flows.slice(0, limit).map(({ id, name, status }) => ({ id, name, status }));
					return { status: 200, body: { flows: shown } };
				}),
			createFlow: (context) =>
				this.inChannel(context, (flows) => {
					const made = create(context.request.requestBody as Content, flows);
					return made ? saved(made) : errors.invalidParameter;
				}),
			getFlow: (context) =>
				this.withFlow(context, (flow) => ({ status: 200, body: detailsOf(flow) })),
			updateFlow: (context) =>
				this.withFlow(context, (flow, siblings) =>
					update(flow, siblings, context.request.requestBody as Content)
						? saved(flow)
						: errors.invalidParameter,
				),
			deleteFlow: (context) =>
				this.withFlow(context, (flow, siblings) => doneIf(remove(flow, siblings))),
			publishFlow: (context) => this.withFlow(context, (flow) => doneIf(publish(flow))),
			deprecateFlow: (context) => this.withFlow(context, (flow) => doneIf(deprecate(flow))),
			getPreview: (context) =>
				this.withFlow(context, ({ id }) => {
					if (context.request.query['refresh'] === 'true') this.previews++;
					const body = {
						id,
						preview_url: `https://business.facebook.com/wa/manage/flows/${id}/preview/?token=t${this.previews}`,
						expires_at: new Date(Date.now() + 30 * DAY).toISOString(),
					};
					return { status: 200, body };
				}),
			unauthorizedHandler: ({ request }) =>
				this.accounts.some(({ apiKey }) => `Bearer ${apiKey}` === request.headers['authorization'])
					? errors.notYourAccount
					: errors.notAuthenticated,
			validationFail: () => errors.invalidParameter,
			notFound: () => ({ status: 404, body: { message: 'no Route matched with those values' } }),
		},
	});

	/** @param port 0 takes any free one */
	static async start(port = 0): Promise<EightByEightMock> {
		const mockApi = new EightByEightMock();
		await mockApi.listen(port);
		return mockApi;
	}

	/** A credential that fits the first account. */
	get credential() {
		const { accountId, apiKey } = this.account;
		return { apiKey, accountId, region: 'custom', apiDomain: this.origin };
	}

	get account(): Account {
		return this.accounts[0]!;
	}

	/** Of the first channel. */
	get flows(): Flow[] {
		return [...this.account.channels.values()][0]!;
	}

	/** Back to the first day: accounts, settings and records. */
	reset(settings: Partial<Settings> = {}): void {
		this.accounts = [createAccount()];
		this.settings = structuredClone(NO_FAULTS);
		Object.assign(this.settings, settings);
		this.requests = [];
	}

	private inChannel(context: Context, work: (flows: Flow[]) => Reply): Reply {
		const { channels }: Account = context.security['apiKey'];
		const flows = channels.get(String(context.request.params['channelId']));
		return flows ? work(flows) : errors.notFound;
	}

	private withFlow(context: Context, work: (flow: Flow, siblings: Flow[]) => Reply): Reply {
		return this.inChannel(context, (flows) => {
			const flow = flows.find(({ id }) => id === context.request.params['flowId']);
			return flow ? work(flow, flows) : errors.notFound;
		});
	}
}

const bare = (accountId: string) => accountId.replaceAll('-', '').toLowerCase();

const doneIf = (done: boolean): Reply => (done ? DONE : errors.invalidParameter);

function saved({ id, validationErrors }: Flow): Reply {
	const faults = validationErrors.length > 0 && { validationErrors };
	return { status: 200, body: { id, success: true, ...faults } };
}
