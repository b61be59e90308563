import type { JsonObject } from 'n8n-workflow';
import type { ParseResult } from '../shared/api/responses';
import { withDescription } from '../shared/api/responses';
import type { Verification } from '../shared/api/ApiClient';
import { Client } from '../shared/api/ApiClient';
import type { Choice, StopReason, Page } from '../shared/http/pagination';
import { fetchPages } from '../shared/http/pagination';
import type { ApiError } from '../shared/api/apiError';
import { flowPath, flowsPath, publishPath } from './credentials';
import { getFailureCause, parseResponse, parseWriteResponse } from './responses';
import type { ApiSession } from './session';
import type { FieldsEncoding } from './fieldsQuery';
import { readWithFieldsFallback, query } from './fieldsQuery';
import type { Flow } from './flow';
import { parseFlow, parseFlowWithId, parseFlowPage } from './flow';

/** Mandatory on Get Flows and Publish Flow even though they send no body; Get Flow Details lists none. */
const JSON_CONTENT = { 'Content-Type': 'application/json' };

/** Of a publish whose outcome stayed open, with a status that does not tell. */
const NOT_SURE =
	'It is not known whether this publish took effect; most likely it did not. Read the flow before you publish it again.';

/** A flow; or what Kaleyra says instead, and whether that means that the flow is gone. */
export type FlowLookup =
	| { flow: Flow; refusal?: undefined; existence?: undefined }
	| { flow?: undefined; refusal: ApiError; existence: 'yes' | 'perhaps' | 'no' };

/**
 * The pages show one refusal that can only mean the flow (WA-401 with `flow_id`), and show it only for
 * POST. What a deleted flow answers to GET is not known: WA-400, Meta's 100 and 404 may be it, if other
 * flows answer well (inferred).
 */
function parseExistence({ code, httpCode, failure }: ApiError): 'yes' | 'perhaps' | 'no' {
	if (failure?.cause !== 'configuration-invalid') return 'no';
	if (code === 'WA401') return 'yes';
	return code !== undefined || httpCode === '404' ? 'perhaps' : 'no';
}

/** Kaleyra's WhatsApp Flow API v2, a method for each of its pages. Every method throws NodeApiError. */
export class KaleyraClient extends Client<ApiSession> {
	protected override readonly getFailureCause = getFailureCause;

	get defaultWabaId(): string | undefined {
		return this.connection.account.wabaId;
	}

	/** Get Flows by WABA ID, page by page until `limit` flows are kept. Kaleyra has no filters of its own. */
	async getFlows(
		wabaId: string,
		fields: string[],
		choice: Choice<Flow>,
	): Promise<{ rows: Flow[]; stopReason: StopReason }> {
		const readPage = async (after?: string) => await this.getFlowsPage(wabaId, fields, after);
		return await fetchPages(readPage, (flow) => flow['id'], choice);
	}

	/** One page of Get Flows by WABA ID. */
	async getFlowsPage(wabaId: string, fields: string[], after?: string): Promise<Page<Flow>> {
		const read = async (form: FieldsEncoding) => {
			const url = this.url(`${flowsPath(wabaId)}${query(fields, form, after)}`);
			return parseResponse(await this.read(url, JSON_CONTENT), parseFlowPage);
		};
		return this.unwrap(
			await readWithFieldsFallback(this.connection, fields, read, (page) => page.rows),
		);
	}

	/** Get Flow Details by Flow ID. Without fields: categories, id, name, status, validation_errors. */
	async getFlowDetails(flowId: string, fields: string[]): Promise<Flow> {
		const read = async (form: FieldsEncoding) => {
			const url = this.url(`${flowPath(flowId)}${query(fields, form)}`);
			// The id comes unasked in the page's sample; where it does not, it is the one that was asked for.
			return parseResponse(
				await this.read(url),
				(data) => parseFlow(data) ?? parseFlowWithId(flowId, data, fields),
			);
		};
		return this.unwrap(
			await readWithFieldsFallback(this.connection, fields, read, (flow) => [flow]),
		);
	}

	/**
	 * The same, of a flow that may be gone. One flow's refusal does not stop the others: it is returned, but
	 * for a rate limit, which is thrown.
	 */
	async findFlow(flowId: string, fields: string[]): Promise<FlowLookup> {
		const url = this.url(`${flowPath(flowId)}${query(fields, 'documented')}`);
		const asThisFlow = (data: unknown) => parseFlow(data) ?? parseFlowWithId(flowId, data, fields);
		const { data, refusal } = parseResponse(await this.read(url), asThisFlow);
		if (data) return { flow: { ...data, id: flowId } };
		if (refusal?.failure?.cause === 'rate-limited') throw this.error(refusal);
		return {
			refusal: this.shown(refusal as ApiError),
			existence: parseExistence(refusal as ApiError),
		};
	}

	/**
	 * Publish Flow. Cannot be undone, so it is sent again only where the flow's status shows a draft.
	 *
	 * @returns whether it took a look at the status to know
	 */
	async publishFlow(flowId: string): Promise<{ confirmedByStatus: boolean }> {
		const url = this.url(publishPath(flowId));
		const said = await this.sendNonIdempotent({
			request: { method: 'POST', url, headers: JSON_CONTENT, idempotent: false },
			written: parseWriteResponse,
			look: async () => await this.verifyPublish(flowId),
			unseen: (reason) =>
				`It is not known whether the flow was published, and its status could not be read (${reason}). Read the flow before you publish it again.`,
		});
		return { confirmedByStatus: said === undefined };
	}

	/** Update Flow Metadata. The same values twice do no more than once, so it may be sent again. */
	async updateFlowMetadata(flowId: string, changes: JsonObject): Promise<void> {
		const url = this.url(flowPath(flowId));
		const written = parseWriteResponse(
			await this.send({
				method: 'POST',
				url,
				headers: JSON_CONTENT,
				body: changes,
				idempotent: true,
			}),
		);
		if (written.done) return;
		const advice = 'The change may have been made all the same; sending it again does no harm.';
		throw this.error(written.open ? withDescription(written.refusal, advice) : written.refusal);
	}

	private async verifyPublish(flowId: string): Promise<ParseResult<Verification>> {
		const url = this.url(flowPath(flowId));
		const outcome = await this.send({ method: 'GET', url, idempotent: true });
		return parseResponse(outcome, (data) => {
			const flow = parseFlow(data);
			if (!flow) return undefined;
			const { status } = flow;
			return {
				done: status === 'PUBLISHED',
				untouched: status === 'DRAFT',
				inWords: `Its status is ${String(status)}. ${NOT_SURE}`,
			};
		});
	}

	private url(path: string): string {
		return `${this.connection.account.baseUrl}${path}`;
	}
}
