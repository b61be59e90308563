import type { JsonObject, NodeApiError } from 'n8n-workflow';
import type { Outcome } from '../engine/outcome';
import type { Choice, Ending, Page } from '../engine/pages';
import { readPages } from '../engine/pages';
import type { Refusal } from '../engine/refusal';
import { refusalError, withoutSecrets } from '../engine/refusal';
import type { Patience, Request } from '../engine/request';
import { flowPath, flowsPath, publishPath } from './address';
import type { Decoded } from './answers';
import { decode, decodeWrite, causeOf } from './answers';
import type { Connection } from './connection';
import type { FieldsForm } from './fieldsQuery';
import { askForFields, query } from './fieldsQuery';
import type { Flow } from './flow';
import { asFlow, asFlowOf, asFlowPage } from './flow';
import { withAdvice } from './refusals';

/** Mandatory on Get Flows and Publish Flow even though they send no body; Get Flow Details lists none. */
const JSON_CONTENT = { 'Content-Type': 'application/json' };

/** Of a publish whose outcome stayed open, with a status that does not tell. */
const NOT_SURE =
	'It is not known whether this publish took effect; most likely it did not. Read the flow before you publish it again.';

/** Kaleyra's WhatsApp Flow API v2, a method for each of its pages. Every method throws NodeApiError. */
export class KaleyraClient {
	constructor(
		private readonly connection: Connection,
		private readonly patience: Patience,
	) {}

	get defaultWabaId(): string | undefined {
		return this.connection.account.wabaId;
	}

	/** Get Flows by WABA ID, page by page until `limit` flows are kept. Kaleyra has no filters of its own. */
	async getFlows(
		wabaId: string,
		fields: string[],
		choice: Choice<Flow>,
	): Promise<{ rows: Flow[]; ending: Ending }> {
		const readPage = async (after?: string) => await this.getFlowsPage(wabaId, fields, after);
		return await readPages(readPage, (flow) => flow['id'], choice);
	}

	/** One page of Get Flows by WABA ID. */
	async getFlowsPage(wabaId: string, fields: string[], after?: string): Promise<Page<Flow>> {
		const read = async (form: FieldsForm) => {
			const url = this.url(`${flowsPath(wabaId)}${query(fields, form, after)}`);
			return decode(await this.read(url, JSON_CONTENT), asFlowPage);
		};
		return this.dataOf(await askForFields(this.connection, fields, read, (page) => page.rows));
	}

	/** Get Flow Details by Flow ID. Without fields: categories, id, name, status, validation_errors. */
	async getFlowDetails(flowId: string, fields: string[]): Promise<Flow> {
		const read = async (form: FieldsForm) => {
			const url = this.url(`${flowPath(flowId)}${query(fields, form)}`);
			// The id comes unasked in the page's sample; where it does not, it is the one that was asked for.
			return decode(await this.read(url), (data) => asFlow(data) ?? asFlowOf(flowId, data, fields));
		};
		return this.dataOf(await askForFields(this.connection, fields, read, (flow) => [flow]));
	}

	/**
	 * Publish Flow. Cannot be undone, so it is never sent again blindly: where it is open what happened, it
	 * waits, reads the flow's status, and only a flow that is still a draft is published again, at once.
	 *
	 * @returns whether it took a look at the status to know
	 */
	async publishFlow(flowId: string): Promise<{ confirmedByStatus: boolean }> {
		const url = this.url(publishPath(flowId));
		const request: Request = { method: 'POST', url, headers: JSON_CONTENT, repeatable: false };
		let inDoubt = false;
		for (let retries = this.patience.maxRetries; ; retries--) {
			const outcome = await this.send(request, retries);
			const written = decodeWrite(outcome);
			if (written.done) return { confirmedByStatus: false };
			const { open, refusal } = written;
			if (!open && !inDoubt) throw this.error(refusal);
			inDoubt = true;
			retries -= outcome.retries ?? 0;
			await this.connection.session.backOff(this.patience.maxRetries - retries);
			const status = await this.statusInDoubt(flowId, refusal);
			if (status === 'PUBLISHED') return { confirmedByStatus: true };
			if (!open) throw this.error(refusal);
			if (retries <= 0 || status !== 'DRAFT') {
				throw this.error(withAdvice(refusal, `Its status is ${String(status)}. ${NOT_SURE}`));
			}
		}
	}

	/** Update Flow Metadata. The same values twice do no more than once, so it may be sent again. */
	async updateFlowMetadata(flowId: string, changes: JsonObject): Promise<void> {
		const url = this.url(flowPath(flowId));
		const written = decodeWrite(
			await this.send({
				method: 'POST',
				url,
				headers: JSON_CONTENT,
				body: changes,
				repeatable: true,
			}),
		);
		if (written.done) return;
		const advice = 'The change may have been made all the same; sending it again does no harm.';
		throw this.error(written.open ? withAdvice(written.refusal, advice) : written.refusal);
	}

	private async statusInDoubt(flowId: string, doubt: Refusal): Promise<unknown> {
		const url = this.url(flowPath(flowId));
		const { data, refusal } = decode(
			await this.send({ method: 'GET', url, repeatable: true }),
			asFlow,
		);
		if (data) return data['status'];
		const advice = `It is not known whether the flow was published, and its status could not be read (${refusal.message}). Read the flow before you publish it again.`;
		throw this.error(withAdvice(doubt, advice));
	}

	private url(path: string): string {
		return `${this.connection.account.baseUrl}${path}`;
	}

	private async read(url: string, headers: Record<string, string> = {}): Promise<Outcome> {
		const { reads } = this.connection;
		const question = JSON.stringify([url, this.patience]);
		const outcome =
			reads?.get(question) ?? this.send({ method: 'GET', url, headers, repeatable: true });
		reads?.set(question, outcome);
		return await outcome;
	}

	private async send(request: Request, maxRetries = this.patience.maxRetries): Promise<Outcome> {
		return await this.connection.session.send(request, { ...this.patience, maxRetries }, causeOf);
	}

	private dataOf<Data>({ data, refusal }: Decoded<Data>): Data {
		if (refusal) throw this.error(refusal);
		return data as Data;
	}

	private error(refusal: Refusal): NodeApiError {
		const { context, account } = this.connection;
		return refusalError(context.getNode(), withoutSecrets(refusal, account.secrets));
	}
}
