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
}

/** An answer that no page documents, or a fault of the connection. */
export interface Scripted {
	status?: number;
	body?: unknown;
	headers?: Record<string, string>;
	fault?: 'reset' | 'silence';
	/** Whether the request takes effect first. */
	carryOut?: boolean;
}

const DEFAULTS: Settings = {
	pageSize: 25,
	fields: 'either',
	unknownFields: 'refuse',
	delay: 0,
	script: [],
	always: undefined,
};

/**
 * Kaleyra's stand-in: an HTTP server on loopback that answers as the pages say. The OpenAPI description
 * beside this file checks every request, and every answer before it leaves.
 */
export class Sandbox {
	accounts: Account[] = [sandboxAccount()];
	settings: Settings = { ...DEFAULTS };
	requests: Recorded[] = [];
	/** Answers of the sandbox that broke its own contract. Anything in here is a fault of the sandbox. */
	violations: string[] = [];
	private inFlight = 0;
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
		this.settings = { ...DEFAULTS, ...settings };
		this.requests = [];
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
			const scripted = always?.(recorded) ?? script.shift()?.(recorded);
			if (scripted && !scripted.carryOut) return send(reply, scripted);
			const contract = await this.carryOut(recorded);
			send(reply, scripted ?? contract);
		} finally {
			this.inFlight--;
		}
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
		const { pageSize } = this.settings;
		const start = Number(Buffer.from(String(context.request.query['after'] ?? ''), 'base64')) || 0;
		const page = flows.slice(start, start + pageSize);
		const cursor = (index: number) => Buffer.from(String(index)).toString('base64');
		return {
			status: 200,
			body: {
				data: page.map((flow) => detailsOf(flow, '', fields)),
				// As in the page's sample, cursors come with the last page too; an empty page has none.
				...(page.length > 0 && {
					paging: { cursors: { before: cursor(start), after: cursor(start + page.length) } },
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

function send(reply: FastifyReply, scripted: Scripted): void {
	const { status = 200, body, headers = {}, fault } = scripted;
	if (fault) {
		reply.hijack();
		if (fault === 'reset') reply.raw.socket?.resetAndDestroy();
		return;
	}
	const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
	void reply.status(status).type('application/json; charset=utf-8').headers(headers).send(text);
}
