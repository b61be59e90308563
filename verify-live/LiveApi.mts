import { createRequire } from 'node:module';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { KaleyraSession } from '../nodes/kaleyra/session.ts';
import type { Flow } from '../nodes/kaleyra/flow.ts';
import type { ParseResult } from '../nodes/shared/api/responses.ts';
import type { HttpRequest } from '../nodes/shared/http/httpRequest.ts';
import type { HttpResult } from '../nodes/shared/http/httpResult.ts';
import type { Page } from '../nodes/shared/http/pagination.ts';
import type { N8nTestHarness } from '../test/integration/n8nHarness.mts';

// The built package, because that's what n8n runs.
const require = createRequire(import.meta.url);
const session: typeof import('../nodes/kaleyra/session.ts') = require('../dist/nodes/kaleyra/session.js');
const flow: typeof import('../nodes/kaleyra/flow.ts') = require('../dist/nodes/kaleyra/flow.js');
const paths: typeof import('../nodes/kaleyra/paths.ts') = require('../dist/nodes/kaleyra/paths.js');
const errors: typeof import('../nodes/kaleyra/errors.ts') = require('../dist/nodes/kaleyra/errors.js');
const kaleyraResponses: typeof import('../nodes/kaleyra/responses.ts') = require('../dist/nodes/kaleyra/responses.js');
const responses: typeof import('../nodes/shared/api/responses.ts') = require('../dist/nodes/shared/api/responses.js');

export const { flowPath, flowsPath } = paths;
const { parseResponse } = kaleyraResponses;

const REQUEST_OPTIONS = { timeoutMs: 30_000, maxRetries: 2, rateLimitTimeoutMs: 120_000 };
export const JSON_CONTENT_TYPE = { 'Content-Type': 'application/json' };

/** Sends single requests with the package's own client and parses them with its own parsers. */
export class LiveApi {
	readonly wabaId: string;
	private readonly harness: N8nTestHarness;
	private readonly opened: KaleyraSession;

	private constructor(harness: N8nTestHarness, opened: KaleyraSession) {
		this.wabaId = opened.account.wabaId ?? '';
		this.harness = harness;
		this.opened = opened;
	}

	static async open(
		harness: N8nTestHarness,
		credential: ICredentialDataDecryptedObject,
	): Promise<LiveApi> {
		const account = harness.as(credential);
		const opened = await session.KaleyraSession.open(account.createContext(), {
			cacheReads: false,
		});
		return new LiveApi(account, opened);
	}

	/** The same account with another part of its credential. */
	async with(changes: ICredentialDataDecryptedObject): Promise<LiveApi> {
		return await LiveApi.open(this.harness, { ...this.harness.credential, ...changes });
	}

	/** @param path below the base URL, with its query */
	async send(
		method: HttpRequest['method'],
		path: string,
		request: Partial<HttpRequest> = {},
	): Promise<HttpResult> {
		const url = `${this.opened.account.baseUrl}${path}`;
		const all = { method, url, idempotent: method === 'GET', ...request };
		const getFailureCause = responses.createGetFailureCause(errors.ERROR_PARSER);
		return await this.opened.httpClient.send(all, REQUEST_OPTIONS, getFailureCause);
	}

	/** @param query with `?` */
	async getFlows(query = '', wabaId = this.wabaId): Promise<Parsed<Page<Flow>>> {
		const path = `${flowsPath(wabaId)}${query}`;
		const result = await this.send('GET', path, { headers: JSON_CONTENT_TYPE });
		return { result, ...parseResponse(result, flow.parseFlowPage) };
	}

	async getFlow(flowId: string, query = ''): Promise<Parsed<Flow>> {
		const result = await this.send('GET', `${flowPath(flowId)}${query}`);
		return { result, ...parseResponse(result, flow.parseFlow) };
	}

	async testCredential(): Promise<boolean> {
		return (await this.harness.testCredential()).status === 'OK';
	}
}

export type Parsed<TData> = ParseResult<TData> & { result: HttpResult };

/** Parses a write; `data` is what's in the envelope, if there is one. */
export function parseWrite(result: HttpResult): Parsed<object> {
	const parseObject = (data: unknown) =>
		typeof data === 'object' && data !== null ? data : undefined;
	return { result, ...parseResponse(result, parseObject) };
}
