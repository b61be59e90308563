import type { JsonObject } from 'n8n-workflow';
import { ApiClient } from '../shared/api/ApiClient';
import type { ApiError } from '../shared/api/apiError';
import type { ParseResult } from '../shared/api/responses';
import type { HttpRequest } from '../shared/http/httpRequest';
import type { Page, PaginationOptions, StopReason } from '../shared/http/pagination';
import { fetchPages } from '../shared/http/pagination';
import { ERROR_PARSER, nameWaba } from './errors';
import type { FieldsEncoding } from './fieldsQuery';
import { buildQuery, readWithFieldsFallback } from './fieldsQuery';
import type { Flow } from './flow';
import { parseFlow, parseFlowPage, parseFlowWithId } from './flow';
import { flowPath, flowsPath } from './paths';
import { parseResponse } from './responses';
import type { KaleyraSession } from './session';

/** Mandatory for Get Flows and Publish Flow although they send no body; Get Flow Details lists none. */
export const JSON_CONTENT_TYPE = { 'Content-Type': 'application/json' };

/** A flow, or why it can't be read and whether that means that it was deleted. */
export type FlowLookup =
	| { flow: Flow }
	| { flow?: undefined; error: ApiError; existence: Existence };

export type Existence = 'deleted' | 'possiblyDeleted' | 'inconclusive';

/**
 * Only one documented error certainly means that the flow doesn't exist (WA-401 with `flow_id`), and it's
 * documented for POST only. How Kaleyra responds to a GET for a deleted flow isn't known: WA-400, Meta's
 * 100, and 404 may mean it if other flows can be read (inferred).
 */
export function getExistence({ code, httpCode, failure }: ApiError): Existence {
	if (failure?.cause !== 'configuration-invalid') return 'inconclusive';
	if (code === 'WA401') return 'deleted';
	return code !== undefined || httpCode === '404' ? 'possiblyDeleted' : 'inconclusive';
}

/**
 * Kaleyra's WhatsApp Flow API v2, one method per page: the pages that read flows. Subclasses add those that write.
 * Every method throws NodeApiError, or CancelledError.
 */
export class KaleyraClient extends ApiClient<KaleyraSession> {
	protected override readonly errorParser = ERROR_PARSER;

	get defaultWabaId(): string | undefined {
		return this.session.account.wabaId;
	}

	get defaultPhoneNumber(): string | undefined {
		return this.session.account.phoneNumber;
	}

	/** Get Flows by WABA ID: reads pages until `limit` flows pass the filter. Kaleyra has no filters of its own. */
	async getFlows(
		wabaId: string,
		fields: string[],
		options: PaginationOptions<Flow>,
	): Promise<{ rows: Flow[]; stopReason: StopReason }> {
		const readPage = async (after?: string) => await this.getFlowsPage(wabaId, fields, after);
		return await fetchPages(readPage, ({ id }) => id, options);
	}

	/** One page of Get Flows by WABA ID. */
	async getFlowsPage(wabaId: string, fields: string[], after?: string): Promise<Page<Flow>> {
		const read = async (encoding: FieldsEncoding) => {
			const url = this.getUrl(`${flowsPath(wabaId)}${buildQuery(fields, encoding, after)}`);
			const result = await this.read(url, JSON_CONTENT_TYPE);
			return parseResponse(result, parseFlowPage, 'getMany');
		};
		const result = await readWithFieldsFallback(this.session, fields, read, ({ rows }) => rows);
		return this.unwrap(result.ok ? result : { ok: false, error: nameWaba(result.error, wabaId) });
	}

	/** Get Flow Details by Flow ID. Without fields: categories, id, name, status, validation_errors. */
	async getFlowDetails(flowId: string, fields: string[]): Promise<Flow> {
		return this.unwrap(await this.readFlow(flowId, fields));
	}

	/**
	 * The same for a flow that may be deleted. One flow's error doesn't stop the others, so it's returned;
	 * only a rate limit is thrown.
	 */
	async findFlow(flowId: string, fields: string[]): Promise<FlowLookup> {
		const result = await this.readFlow(flowId, fields);
		if (result.ok) return { flow: { ...result.data, id: flowId } };
		const { error } = result;
		if (error.failure?.cause === 'rate-limited') throw this.toError(error);
		return { error: this.redact(error), existence: getExistence(error) };
	}

	/** The flow after a write, read past the cache. @returns undefined if it can't be read */
	async getFreshFlow(flowId: string): Promise<Flow | undefined> {
		const result = parseResponse(
			await this.readUncached(this.getUrl(flowPath(flowId))),
			(data) => parseFlow(data) ?? parseFlowWithId(flowId, data, []),
		);
		return result.ok ? result.data : undefined;
	}

	private async readFlow(flowId: string, fields: string[]): Promise<ParseResult<Flow>> {
		const read = async (encoding: FieldsEncoding) => {
			const url = this.getUrl(`${flowPath(flowId)}${buildQuery(fields, encoding)}`);
			// The page's sample returns the ID unrequested; if it's missing, it's the requested one.
			return parseResponse(
				await this.read(url),
				(data) => parseFlow(data) ?? parseFlowWithId(flowId, data, fields),
				'get',
			);
		};
		return await readWithFieldsFallback(this.session, fields, read, (flow) => [flow]);
	}

	protected getUrl(path: string): string {
		return `${this.session.account.baseUrl}${path}`;
	}
	protected createWrite(method: 'POST' | 'DELETE', path: string, body?: JsonObject): HttpRequest {
		const url = this.getUrl(path);
		return { method, url, headers: JSON_CONTENT_TYPE, idempotent: false, ...(body && { body }) };
	}
}
