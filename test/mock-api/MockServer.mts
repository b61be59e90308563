import type { AddressInfo } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OpenAPIBackend } from 'openapi-backend';
import type { RateLimit, Reply, Scripted } from './faults.mts';
import { findFault, send, tooManyRequests } from './faults.mts';
import { Chat } from './page/chat.mts';
import { createRequestsSection } from './page/requests.mts';
import type { Section } from './page/servePage.mts';
import { servePage } from './page/servePage.mts';
import type { Recorded } from './recordedRequest.mts';
import { createServer, recordRequest } from './recordedRequest.mts';

export type { Recorded } from './recordedRequest.mts';

/** Settings of every mock API. */
export interface Settings {
	/** Milliseconds before each response. */
	delay: number;
	/** Responses for the next requests, in order. `undefined` stands for the documented response. */
	script: ((request: Recorded) => Scripted | undefined)[];
	/** Called for every request, before `script`. */
	always: ((request: Recorded) => Scripted | undefined | Promise<Scripted | undefined>) | undefined;
	faultPlan: PlannedFault[];
	rateLimit: RateLimit | undefined;
}

/** A named fault that the next matching requests meet. */
export interface PlannedFault {
	/** An operation of the OpenAPI description; all requests match if omitted. */
	operationId?: string;
	fault: string;
	/** Number of requests; unlimited if omitted. */
	times?: number;
}

export const NO_FAULTS: Settings = {
	delay: 0,
	script: [],
	always: undefined,
	faultPlan: [],
	rateLimit: undefined,
};

/**
 * Mock of a provider's API: an HTTP server on loopback. It validates every request, and every response
 * before it is sent, against the provider's OpenAPI description.
 */
export abstract class MockServer<TSettings extends Settings = Settings> {
	requests: Recorded[] = [];
	/** Responses that don't match the OpenAPI description: defects of the mock API. */
	violations: string[] = [];
	abstract settings: TSettings;
	/** Faults by name. */
	abstract readonly faults: Record<string, Scripted>;
	/** The page's title, and its sections besides the requests and the chat. */
	protected abstract readonly title: string;
	protected abstract readonly sections: Record<string, Section>;
	readonly chat = new Chat();
	/** Its handlers get this mock API and the recorded request as their second and third argument. */
	protected abstract readonly api: OpenAPIBackend;
	private inFlight = 0;
	private window = { number: 0, requests: 0 };
	private readonly server = createServer();

	/** Restores accounts and settings and clears the recorded requests. */
	abstract reset(settings?: Partial<TSettings>): void;

	/** @param port 0 for any free port */
	protected async listen(port: number): Promise<void> {
		await initialize(this.api);
		const { server } = this;
		server.put('/__faults', async (request) => this.addFaults(String(request.body)));
		server.delete('/__faults', async () => (this.settings.faultPlan = []));
		this.chat.serveWebhooks(server);
		servePage(server, this.title, {
			...this.sections,
			requests: createRequestsSection(this),
			chat: this.chat,
		});
		server.all('/*', async (request, reply) => await this.respond(request, reply));
		await server.listen({ host: '127.0.0.1', port });
	}

	get origin(): string {
		return `http://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
	}

	/**
	 * Adds faults to the fault plan.
	 *
	 * @param json one planned fault or a list of them
	 * @returns the fault plan
	 */
	addFaults(json: string): PlannedFault[] {
		const added: PlannedFault[] = [JSON.parse(json)].flat();
		const unknown = added.find(({ fault }) => !findFault(fault, this.faults));
		if (unknown)
			throw new Error(
				`Unknown fault: ${unknown.fault}. Known faults: ${Object.keys(this.faults).join('; ')}; status 300 to 599`,
			);
		this.settings.faultPlan.push(...added);
		return this.settings.faultPlan;
	}

	/** @returns the operation's name in the provider's documentation */
	getTitle(request: Recorded): string | undefined {
		return this.findOperation(request)?.summary;
	}

	async stop(): Promise<void> {
		await this.server.close();
	}

	private async respond(request: FastifyRequest, reply: FastifyReply): Promise<void> {
		this.inFlight++;
		try {
			const recorded = await recordRequest(request, this.inFlight);
			this.requests.push(recorded);
			const { delay, always, script } = this.settings;
			if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
			const scripted =
				this.applyRateLimit() ??
				(await always?.(recorded)) ??
				script.shift()?.(recorded) ??
				this.takePlannedFault(recorded);
			const documented = scripted && !scripted.applyFirst ? undefined : await this.handle(recorded);
			recorded.status = scripted?.status ?? documented?.status ?? 200;
			send(reply, scripted ?? {}, documented);
		} finally {
			this.inFlight--;
		}
	}

	private applyRateLimit(): Scripted | undefined {
		const { rateLimit } = this.settings;
		if (!rateLimit) return undefined;
		const number = Math.floor(Date.now() / (rateLimit.seconds * 1000));
		if (this.window.number !== number) this.window = { number, requests: 0 };
		return ++this.window.requests > rateLimit.requests ? tooManyRequests(rateLimit) : undefined;
	}

	private takePlannedFault(request: Recorded): Scripted | undefined {
		const operationId = this.findOperation(request)?.operationId;
		const { faultPlan } = this.settings;
		const planned = faultPlan.find(
			(each) => each.operationId === undefined || each.operationId === operationId,
		);
		if (planned?.times !== undefined && --planned.times === 0)
			faultPlan.splice(faultPlan.indexOf(planned), 1);
		return planned && findFault(planned.fault, this.faults);
	}

	private findOperation({ method, target, headers }: Recorded) {
		const [path = ''] = target.split('?');
		return this.api.matchOperation({ method, path, headers });
	}

	/** Carries out a request as documented. */
	private async handle(recorded: Recorded): Promise<Reply> {
		const { method, target, headers } = recorded;
		const [path = '', query = ''] = target.split('?');
		const body = getBody(recorded);
		const request = { method, path, query, headers, body };
		const reply: Reply = await this.api.handleRequest(request, this, recorded);
		const operation = this.api.matchOperation(request);
		if (operation) {
			const { errors } = this.api.validateResponse(reply.body, operation, reply.status);
			if (errors) this.violations.push(`${method} ${path}: ${JSON.stringify(errors)}`);
		}
		return reply;
	}
}

/** The body for validation: a form as an object, and nothing for an empty body. */
function getBody({ headers, parts, body }: Recorded): string | object | undefined {
	if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
		return Object.fromEntries(new URLSearchParams(body));
	}
	if (!parts) return body === '' ? undefined : body;
	return Object.fromEntries(parts.map(({ name, content }) => [name, content.toString()]));
}

const initialized = new WeakMap<OpenAPIBackend, Promise<unknown>>();

/** Compiles the OpenAPI description, once. */
async function initialize(api: OpenAPIBackend): Promise<void> {
	if (!initialized.has(api)) initialized.set(api, api.init());
	await initialized.get(api);
}
