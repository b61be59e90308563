import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OpenAPIBackend } from 'openapi-backend';
import type { RateLimit, Reply, Scripted } from './faults.mts';
import { send, tooManyRequests, findFault } from './faults.mts';

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

/** What every mock API can be told to do. */
export interface Settings {
	/** Milliseconds before each answer. */
	delay: number;
	/** Answers in place of the contract's, in their order; `undefined` lets a request through. */
	script: ((request: Recorded) => Scripted | undefined)[];
	/** Asked for every request before the script. */
	always:
		| ((request: Recorded) => Scripted | undefined | Promise<Scripted | undefined>)
		| undefined;
	faultPlan: PlannedFault[];
	rateLimit: RateLimit | undefined;
}

/** Named weather over a operationId, for the next so many requests. */
export interface PlannedFault {
	/** An operationId of the description; every route where it is left out. */
	operationId?: string;
	fault: string;
	/** Without end where it is left out. */
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
 * A provider's stand-in: an HTTP server on loopback that answers as the provider's pages say. An OpenAPI
 * description checks every request, and every answer before it leaves.
 */
export abstract class MockServer<TSettings extends Settings = Settings> {
	requests: Recorded[] = [];
	/** Answers of the mock API that broke its own contract. Anything in here is a fault of the mock API. */
	violations: string[] = [];
	abstract settings: TSettings;
	/** Bad weather by its name. */
	abstract readonly faults: Record<string, Scripted>;
	protected abstract readonly api: OpenAPIBackend;
	private inFlight = 0;
	private window = { number: 0, requests: 0 };
	private readonly server = Fastify({ forceCloseConnections: true });

	/** Back to the first day: accounts, settings and records. */
	abstract reset(settings?: Partial<TSettings>): void;

	/** @param port 0 takes any free one */
	protected async listen(port: number): Promise<void> {
		await this.api.init();
		const { server } = this;
		server.removeAllContentTypeParsers();
		server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
			done(null, body),
		);
		server.put('/__faults', async (request) => this.faultPlan(String(request.body)));
		server.delete('/__faults', async () => (this.settings.faultPlan = []));
		server.all('/*', async (request, reply) => await this.answer(request, reply));
		await server.listen({ host: '127.0.0.1', port });
	}

	get origin(): string {
		return `http://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
	}

	/** Makes weather, from the JSON of a forecast or several. @returns what is forecast now */
	faultPlan(json: string): PlannedFault[] {
		const added: PlannedFault[] = [JSON.parse(json)].flat();
		const unknown = added.find(({ fault }) => !findFault(fault, this.faults));
		if (unknown)
			throw new Error(
				`Unknown fault: ${unknown.fault}. Known faults: ${Object.keys(this.faults).join('; ')}; status 300 to 599`,
			);
		this.settings.faultPlan.push(...added);
		return this.settings.faultPlan;
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
				(await always?.(recorded)) ??
				script.shift()?.(recorded) ??
				this.plannedFault(recorded);
			if (scripted && !scripted.applyFirst) return send(reply, scripted);
			send(reply, scripted ?? {}, await this.applyFirst(recorded));
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

	private plannedFault({ method, target, headers }: Recorded): Scripted | undefined {
		const [path = ''] = target.split('?');
		const route = this.api.matchOperation({ method, path, headers })?.operationId;
		const { faultPlan } = this.settings;
		const over = faultPlan.find(
			(each) => each.operationId === undefined || each.operationId === route,
		);
		if (over?.times !== undefined && --over.times === 0)
			faultPlan.splice(faultPlan.indexOf(over), 1);
		return over && findFault(over.fault, this.faults);
	}

	private async applyFirst({ method, target, headers, body }: Recorded): Promise<Reply> {
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
