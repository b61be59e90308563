import type { JsonObject, NodeApiError } from 'n8n-workflow';
import type { Outcome } from '../engine/outcome';
import type { Ending, Page } from '../engine/pages';
import { readPages } from '../engine/pages';
import type { Refusal } from '../engine/refusal';
import { refusalError, withoutSecrets } from '../engine/refusal';
import type { Patience, Request } from '../engine/request';
import { flowPath, flowsPath, publishPath } from './address';
import type { Decoded } from './answers';
import { decode, decodeWrite, isFinal } from './answers';
import type { Connection } from './connection';
import type { FieldsForm } from './fieldsQuery';
import { fieldsUnderstood, query } from './fieldsQuery';
import type { Flow } from './flow';
import { asFlow, asFlowPage } from './flow';
import { withAdvice } from './refusals';

/** Mandatory on Get Flows and Publish Flow even though they send no body; Get Flow Details lists none. */
const JSON_CONTENT = { 'Content-Type': 'application/json' };
/** Codes with which a form of `fields` may have been refused; the second is Meta's (inferred). */
const REFUSED_FIELDS = ['WA400', 'Meta 100'];

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
		choice: { limit: number; keep: (flow: Flow) => boolean },
	): Promise<{ rows: Flow[]; ending: Ending }> {
		const readPage = async (after?: string) => await this.getFlowsPage(wabaId, fields, after);
		return await readPages(readPage, (flow) => flow['id'], choice);
	}

	/** One page of Get Flows by WABA ID. */
	async getFlowsPage(wabaId: string, fields: string[], after?: string): Promise<Page<Flow>> {
		const read = async (form: FieldsForm) => {
			const url = this.url(`${flowsPath(wabaId)}${query(fields, form, after)}`);
			return decode(
				await this.send({ method: 'GET', url, headers: JSON_CONTENT, repeatable: true }),
				asFlowPage,
			);
		};
		return await this.readFields(read, fields, (page) => page.rows);
	}

	/** Get Flow Details by Flow ID. Without fields: categories, id, name, status, validation_errors. */
	async getFlowDetails(flowId: string, fields: string[]): Promise<Flow> {
		const read = async (form: FieldsForm) => {
			const url = this.url(`${flowPath(flowId)}${query(fields, form)}`);
			return decode(await this.send({ method: 'GET', url, repeatable: true }), asFlow);
		};
		return await this.readFields(read, fields, (flow) => [flow]);
	}

	/**
	 * Publish Flow. Cannot be undone, so it is never sent again blindly: where it is open what happened, the
	 * flow's status decides, and only a flow that is not published is tried again.
	 *
	 * @returns whether it took a look at the status to know
	 */
	async publishFlow(flowId: string): Promise<{ confirmedByStatus: boolean }> {
		const url = this.url(publishPath(flowId));
		let inDoubt = false;
		for (let attempt = 0; ; attempt++) {
			const written = decodeWrite(
				await this.send({ method: 'POST', url, headers: JSON_CONTENT, repeatable: false }),
			);
			if (written.done) return { confirmedByStatus: false };
			const { open, refusal } = written;
			if (!open && !inDoubt) throw this.error(refusal);
			inDoubt = true;
			const status = await this.statusInDoubt(flowId, refusal);
			if (status === 'PUBLISHED') return { confirmedByStatus: true };
			if (!open) throw this.error(refusal);
			if (attempt >= this.patience.maxRetries) {
				const advice = `Its status is still ${String(status)}, so it was most likely not published.`;
				throw this.error(withAdvice(refusal, advice));
			}
			await this.connection.session.backOff(attempt);
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

	private async send(request: Request): Promise<Outcome> {
		return await this.connection.session.send(request, this.patience, isFinal);
	}

	private error(refusal: Refusal): NodeApiError {
		const { context, account } = this.connection;
		return refusalError(context.getNode(), withoutSecrets(refusal, account.secrets));
	}

	/** Reads with the documented form of `fields` and, where that is refused or ignored, once with the plain one. */
	private async readFields<Data>(
		read: (form: FieldsForm) => Promise<Decoded<Data>>,
		fields: string[],
		flowsOf: (data: Data) => Flow[],
	): Promise<Data> {
		const { connection } = this;
		const understood = ({ data }: Decoded<Data>) => data && fieldsUnderstood(flowsOf(data), fields);
		let decoded = await read(connection.fieldsForm ?? 'documented');
		if (connection.fieldsForm === undefined && fields.length > 1) {
			if (understood(decoded)) connection.fieldsForm = 'documented';
			const refused = REFUSED_FIELDS.includes(decoded.refusal?.code ?? '');
			if (refused || understood(decoded) === false) {
				const plain = await read('plain');
				if (understood(plain)) connection.fieldsForm = 'plain';
				if (understood(plain) || (refused && !plain.refusal)) decoded = plain;
			}
		}
		if (decoded.refusal) throw this.error(decoded.refusal);
		return decoded.data;
	}
}
