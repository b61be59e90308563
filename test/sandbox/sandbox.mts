import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import Fastify from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpenAPIBackend } from 'openapi-backend';
import type { Context } from 'openapi-backend';
import type { Account, Flow } from './accounts.mts';
import { publish, sandboxAccount, update } from './accounts.mts';
import { detailsOf, pick } from './fields.mts';
import type { FieldsForm } from './fields.mts';
import type { Reply } from './refusals.mts';
import * as refusals from './refusals.mts';
import type { RateLimit, Scripted } from './weather.mts';
import { send, tooManyRequests, WEATHER, weatherNamed } from './weather.mts';

/** One request as it came over the wire. */
export interface Recorded {
	/** Request line and headers, byte for byte in their order and spelling. */
	head: string;
	method: string;
	/** Path and query, undecoded. */
	target: string;
	headers: Record<string, string>;
	body: string;
	/** Milliseconds since 1970. */
	at: number;
	/** How many requests were under way, this one included. */
	inFlight: number;
}

export interface Settings {
	/** Flows in a page. Meta's default is 25. */
	pageSize: number;
	/** Which form of `fields` is understood. */
	fields: FieldsForm;
	/** What happens to a form that is not: refused (WA-400), or not seen as field names. */
	unknownFields: 'refuse' | 'ignore';
	/** Milliseconds before each answer. */
	delay: number;
	/** Answers in place of the contract's, in their order; `undefined` lets a request through. */
	script: ((request: Recorded) => Scripted | undefined)[];
	/** Asked for every request before the script. */
	always: ((request: Recorded) => Scripted | undefined) | undefined;
	forecast: Forecast[];
	rateLimit: RateLimit | undefined;
	/** What becomes of cursors: they work, are not seen, lead in a circle, or overlap by one flow. */
	cursors: 'good' | 'ignored' | 'loop' | 'overlap';
}

/** Named weather over a route, for the next so many requests. */
export interface Forecast {
	/** An operationId of the description; every route where it is left out. */
	route?: string;
	weather: string;
	/** Without end where it is left out. */
	times?: number;
}

export type { Scripted } from './weather.mts';

const DEFAULTS: Settings = {
	pageSize: 25,
	fields: 'either',
	unknownFields: 'refuse',
	delay: 0,
	script: [],
	always: undefined,
	forecast: [],
	rateLimit: undefined,
	cursors: 'good',
};

/**
 * Kaleyra's stand-in: an HTTP server on loopback that answers as the pages say. The OpenAPI description
 * beside this file checks every request, and every answer before it leaves.
 */
export class Sandbox {
	accounts: Account[] = [sandboxAccount()];
	settings: Settings = structuredClone(DEFAULTS);
	requests: Recorded[] = [];
	/** Answers of the sandbox that broke its own contract. Anything in here is a fault of the sandbox. */
	violations: string[] = [];
	private inFlight = 0;
	private window = { number: 0, requests: 0 };
	private readonly server = Fastify({ forceCloseConnections: true });

	private readonly api = new OpenAPIBackend({
		definition: fileURLToPath(new URL('kaleyra-flows.openapi.yaml', import.meta.url)),
		apiRoot: '/v2',
		// Its own check of the description knows OpenAPI 3.0 only; a test checks it as 3.1.
		quick: true,
		ajvOpts: { strict: false },
		securityHandlers: {
			apiKey: ({ request }) =>
				this.accounts.find(
					({ sid, apiKey }) =>
						sid === request.params['sid'] && apiKey === request.headers['api-key'],
				),
		},
		handlers: {
			getFlows: (context) => this.getFlows(context),
			getFlowDetails: (context) =>
				this.withFlow(context, (flow, wabaId) => this.getFlowDetails(context, flow, wabaId)),
			updateFlowMetadata: (context) =>
				this.withFlow(context, (flow, _wabaId, siblings) =>
					update(flow, siblings, context.request.requestBody)
						? { status: 200, body: UPDATED }
						: refusals.incorrectPayload,
				),
			publishFlow: (context) =>
				this.withFlow(context, (flow) =>
					isJson(context) && publish(flow)
						? { status: 200, body: { success: true } }
						: refusals.incorrectPayload,
				),
			unauthorizedHandler: () => refusals.incorrectKey,
			validationFail: () => refusals.incorrectPayload,
			notFound: () => ({ status: 404, body: { message: 'no Route matched with those values' } }),
		},
	});

	/** @param port 0 takes any free one */
	static async start(port = 0): Promise<Sandbox> {
		const sandbox = new Sandbox();
		await sandbox.api.init();
		const { server } = sandbox;
		server.removeAllContentTypeParsers();
		server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
			done(null, body),
		);
		server.put('/sandbox/weather', async (request) => sandbox.forecast(String(request.body)));
		server.delete('/sandbox/weather', async () => (sandbox.settings.forecast = []));
		server.all('/*', async (request, reply) => await sandbox.answer(request, reply));
		await server.listen({ host: '127.0.0.1', port });
		return sandbox;
	}

	get origin(): string {
		return `http://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
	}

	/** A credential that fits the first account. */
	get credential() {
		const { sid, apiKey, wabas } = this.account;
		const [wabaId = ''] = wabas.keys();
		return { sid, apiKey, pod: 'custom', apiDomain: this.origin, wabaId };
	}

	get account(): Account {
		return this.accounts[0]!;
	}

	get flows(): Flow[] {
		return [...this.account.wabas.values()].flat();
	}

	/** Back to the first day: accounts, settings and records. */
	reset(settings: Partial<Settings> = {}): void {
		this.accounts = [sandboxAccount()];
		this.settings = structuredClone(DEFAULTS);
		Object.assign(this.settings, settings);
		this.requests = [];
	}

	/** Makes weather, from the JSON of a forecast or several. @returns what is forecast now */
	forecast(json: string): Forecast[] {
		const added: Forecast[] = [JSON.parse(json)].flat();
		const unknown = added.find(({ weather }) => !weatherNamed(weather));
		if (unknown)
			throw new Error(
				`No such weather: ${unknown.weather}. There are ${Object.keys(WEATHER).join('; ')}; status 300 to 599`,
			);
		this.settings.forecast.push(...added);
		return this.settings.forecast;
	}

	async stop(): Promise<void> {
		await this.server.close();
	}

	private async answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
		this.inFlight++;
		try {
			const recorded = record(request, this.inFlight);
			this.requests.push(recorded);
			const { delay, always, script } = this.settings;
			if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
			const scripted =
				this.limited() ??
				always?.(recorded) ??
				script.shift()?.(recorded) ??
				this.weatherOver(recorded);
			if (scripted && !scripted.carryOut) return send(reply, scripted);
			send(reply, scripted ?? {}, await this.carryOut(recorded));
		} finally {
			this.inFlight--;
		}
	}

	private limited(): Scripted | undefined {
		const { rateLimit } = this.settings;
		if (!rateLimit) return undefined;
		const number = Math.floor(Date.now() / (rateLimit.seconds * 1000));
		if (this.window.number !== number) this.window = { number, requests: 0 };
		return ++this.window.requests > rateLimit.requests ? tooManyRequests(rateLimit) : undefined;
	}

	private weatherOver({ method, target, headers }: Recorded): Scripted | undefined {
		const [path = ''] = target.split('?');
		const route = this.api.matchOperation({ method, path, headers })?.operationId;
		const { forecast } = this.settings;
		const over = forecast.find((each) => each.route === undefined || each.route === route);
		if (over?.times !== undefined && --over.times === 0) forecast.splice(forecast.indexOf(over), 1);
		return over && weatherNamed(over.weather);
	}

	private async carryOut({ method, target, headers, body }: Recorded): Promise<Reply> {
		const [path = '', query = ''] = target.split('?');
		const request = { method, path, query, headers, body };
		const reply: Reply = await this.api.handleRequest(request);
		const operation = this.api.matchOperation(request);
		if (operation) {
			const { errors } = this.api.validateResponse(reply.body, operation, reply.status);
			if (errors) this.violations.push(`${method} ${path}: ${JSON.stringify(errors)}`);
		}
		return reply;
	}

	private withFlow(
		context: Context,
		work: (flow: Flow, wabaId: string, siblings: Flow[]) => Reply,
	): Reply {
		const { enabled, wabas } = accountOf(context);
		if (!enabled && context.request.method === 'post') return refusals.wrongAccount;
		for (const [wabaId, flows] of wabas) {
			const flow = flows.find(({ id }) => id === context.request.params['flow_id']);
			if (flow) return work(flow, wabaId, flows);
		}
		return refusals.noSuchFlow;
	}

	private getFlows(context: Context): Reply {
		const flows = accountOf(context).wabas.get(String(context.request.params['waba_id']));
		if (!isJson(context)) return refusals.incorrectPayload;
		if (!flows) return refusals.noSuchFlow;
		const fields = pick(context.request.query['fields'], this.settings);
		if (fields === 'refused') return refusals.incorrectPayload;
		const { pageSize, cursors } = this.settings;
		const after = cursors === 'ignored' ? '' : String(context.request.query['after'] ?? '');
		const start = Number(Buffer.from(after, 'base64')) || 0;
		const page = flows.slice(start, start + pageSize);
		const cursor = (index: number) => Buffer.from(String(index)).toString('base64');
		const end = start + page.length - (cursors === 'overlap' && page.length > 1 ? 1 : 0);
		const next = cursors === 'loop' ? end % flows.length : end;
		return {
			status: 200,
			body: {
				data: page.map((flow) => detailsOf(flow, '', fields)),
				// As in the page's sample, cursors come with the last page too; an empty page has none.
				...(page.length > 0 && {
					paging: { cursors: { before: cursor(start), after: cursor(next) } },
				}),
			},
		};
	}

	private getFlowDetails(context: Context, flow: Flow, wabaId: string): Reply {
		const fields = pick(context.request.query['fields'], this.settings);
		if (fields === 'refused') return refusals.incorrectPayload;
		return { status: 200, body: detailsOf(flow, wabaId, fields) };
	}
}

/** The account that the security check found. */
function accountOf(context: Context): Account {
	return context.security['apiKey'];
}

const UPDATED = {
	code: 'WA200',
	message: 'Request Processed Successfully',
	data: { success: true },
	error: {},
};

/** The pages call a JSON content type mandatory even where there is no body. */
function isJson(context: Context): boolean {
	return String(context.request.headers['content-type']).startsWith('application/json');
}

function record(request: FastifyRequest, inFlight: number): Recorded {
	const { method = '', url = '', httpVersion, rawHeaders } = request.raw;
	const lines = [`${method} ${url} HTTP/${httpVersion}`];
	for (let at = 0; at < rawHeaders.length; at += 2)
		lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
	return {
		head: lines.join('\r\n'),
		method,
		target: url,
		headers: Object.fromEntries(
			Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
		),
		body: typeof request.body === 'string' ? request.body : '',
		at: Date.now(),
		inFlight,
	};
}
