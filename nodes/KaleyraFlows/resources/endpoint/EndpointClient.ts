import type { KeyObject } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import {
	ENDPOINT_CREDENTIAL_TYPE,
	parseEndpointCredential,
} from '../../../kaleyra/endpointCredential';
import { KaleyraPhoneNumberClient } from '../../../kaleyra/KaleyraPhoneNumberClient';
import { KaleyraSession } from '../../../kaleyra/session';
import { InvalidInputError } from '../../../shared/errors';
import type { RequestOptions } from '../../../shared/http/HttpClient';
import {
	decryptResponseKey,
	encryptResponse,
} from '../../../shared/whatsappFlows/dataExchange/encryption';
import type { PendingRequest } from '../../../shared/whatsappFlows/dataExchange/pendingRequest';
import type { EndpointResponse } from '../../../shared/whatsappFlows/dataExchange/responses';
import type { Operation } from '../../../shared/node/operations';
import { findPendingRequest } from './findPendingRequest';

export type EndpointOperation = Operation<EndpointClient>;

/** Source: Meta's error codes, `timeout_error`. */
const TIMEOUT_MS = 10_000;
/** A later response isn't worth an error as long as the connection may be open. */
const MAX_WAIT_MS = 60_000;

const HOW_TO_SEND_ONE = 'Open the flow in WhatsApp, so that the trigger receives a new request.';

/** What the operations of the resource Endpoint share in one execution. */
export class EndpointClient {
	private constructor(
		private readonly context: IExecuteFunctions,
		readonly privateKey: KeyObject,
		private readonly requestOptions: RequestOptions,
	) {}

	/** @throws {InvalidInputError} if the private key in the credential can't be used */
	static async createFactory(
		context: IExecuteFunctions,
	): Promise<(requestOptions: RequestOptions) => EndpointClient> {
		const credential = await context.getCredentials(ENDPOINT_CREDENTIAL_TYPE);
		const { privateKey } = parseEndpointCredential(credential);
		return (requestOptions) => new EndpointClient(context, privateKey, requestOptions);
	}

	/** Only Set Public Key sends requests to Kaleyra. */
	async openKaleyraClient(): Promise<KaleyraPhoneNumberClient> {
		const session = await KaleyraSession.open(this.context, { cacheReads: false });
		return new KaleyraPhoneNumberClient(session, this.requestOptions);
	}

	/** @throws {InvalidInputError} if no request waits for a response */
	findPendingRequest(itemIndex: number): PendingRequest {
		const request = findPendingRequest(this.context, itemIndex);
		const isLate = Date.now() - request.receivedAt > MAX_WAIT_MS;
		if (this.context.getMode() === 'retry' || (isLate && !this.isManual)) {
			throw new InvalidInputError(
				'The request no longer waits for a response',
				`WhatsApp waits 10 seconds. ${HOW_TO_SEND_ONE}`,
			);
		}
		return request;
	}

	/**
	 * Encrypts and sends the response. n8n passes it to the process that received the request.
	 *
	 * @throws {InvalidInputError} if this execution already sent one
	 */
	async respond(request: PendingRequest, { statusCode, body }: EndpointResponse): Promise<void> {
		const execution = this.context.getContext('flow');
		if (execution[RESPONDED] === true) {
			throw new InvalidInputError(
				'This execution has already responded to the request',
				'A request can get only one response. Make sure that only one Respond node runs, with one item: turn on Execute Once in its settings, or aggregate the items first.',
			);
		}
		const responseKey = decryptResponseKey(request, this.privateKey);
		execution[RESPONDED] = true;
		await this.context.sendResponse({
			statusCode,
			headers: { 'content-type': 'text/plain' },
			body: encryptResponse(body, responseKey),
		});
	}

	/** Whether WhatsApp no longer waits. */
	isLate({ receivedAt }: PendingRequest): boolean {
		return !this.isManual && Date.now() - receivedAt > TIMEOUT_MS;
	}

	/** Whether the editor executes the workflow, which may be with pinned data. */
	private get isManual(): boolean {
		return this.context.getMode() === 'manual';
	}
}

const RESPONDED = 'kaleyraFlowsEndpointResponded';
