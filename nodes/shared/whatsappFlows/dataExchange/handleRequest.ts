import type { KeyObject } from 'node:crypto';
import type { IDataObject, JsonObject } from 'n8n-workflow';
import { parseJson } from '../../http/json';
import type { FlowTokenCheck } from '../signedFlowToken';
import { checkFlowToken } from '../signedFlowToken';
import type { EncryptedRequest } from './encryptedRequest';
import { parseEncryptedRequest } from './encryptedRequest';
import { decryptRequest, encryptResponse } from './encryption';
import { DecryptionError, MalformedRequestError } from './errors';
import type { DataExchangeRequest } from './request';
import { parseRequest } from './request';
import type { EndpointResponse } from './responses';
import { createAcknowledgment, createExpiredTokenResponse, createPingResponse } from './responses';
import { verifySignature } from './signature';

/** Which flow tokens start an execution. */
export type FlowTokenPolicy = 'signed' | 'signedOrMissing' | 'any';

export interface EndpointSettings {
	privateKey: KeyObject;
	/** None: signatures aren't verified. */
	appSecrets: readonly string[];
	flowTokenPolicy: FlowTokenPolicy;
	/** What the customer reads if the flow token isn't accepted. */
	rejectionMessage: string;
	emitClientErrors: boolean;
}

export interface HttpRequest {
	rawBody: Buffer;
	signature: unknown;
}

/** What to send, what to emit, or both. Without a response, the workflow responds. */
export interface Outcome {
	response?: { statusCode: number; body: string };
	item?: IDataObject;
	/** Why the request was rejected. */
	rejection?: string;
}

/** Requests contain what a customer entered; files are at Meta's servers. In bytes. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Decides what to do with a Data Exchange request. Rejects it before the RSA operation if possible. */
export function handleRequest(
	{ rawBody, signature }: HttpRequest,
	settings: EndpointSettings,
): Outcome {
	if (rawBody.length > MAX_BODY_BYTES) return reject(413, 'The body is larger than 1 MiB');
	const { appSecrets, privateKey } = settings;
	if (appSecrets.length > 0 && !verifySignature(rawBody, signature, appSecrets)) {
		return reject(432, 'The signature is missing or wrong');
	}
	try {
		const encrypted = parseEncryptedRequest(parseJson(rawBody.toString('utf8')));
		const { payload, responseKey } = decryptRequest(encrypted, privateKey);
		const { response, ...outcome } = respond(parseRequest(payload), encrypted, settings);
		if (!response) return outcome;
		const { statusCode, body } = response;
		return { ...outcome, response: { statusCode, body: encryptResponse(body, responseKey) } };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return reject(getStatusCode(error), message);
	}
}

/** Only an undecryptable request is a 421: WhatsApp then fetches the public key again. */
function getStatusCode(error: unknown): number {
	if (error instanceof DecryptionError) return 421;
	return error instanceof MalformedRequestError ? 400 : 500;
}

interface PlainOutcome extends Pick<Outcome, 'item' | 'rejection'> {
	response?: EndpointResponse;
}

function respond(
	request: DataExchangeRequest,
	encrypted: EncryptedRequest,
	{ privateKey, flowTokenPolicy, rejectionMessage, emitClientErrors }: EndpointSettings,
): PlainOutcome {
	if (request.kind === 'ping') return { response: createPingResponse() };
	const check = checkFlowToken(request.flowToken, privateKey, Date.now());
	const isAccepted = isTokenAccepted(check, flowTokenPolicy);
	if (request.kind === 'clientError') {
		const emit = emitClientErrors && isAccepted;
		return { response: createAcknowledgment(), ...(emit && { item: createItem(request, check) }) };
	}
	if (!isAccepted) {
		const rejection = `The flow token is ${check.status}`;
		return { response: createExpiredTokenResponse(rejectionMessage), rejection };
	}
	const item = createItem(request, check);
	return { item: { ...item, encryption: toEncryption(encrypted) } };
}

function isTokenAccepted({ status }: FlowTokenCheck, policy: FlowTokenPolicy): boolean {
	return (
		status === 'valid' || policy === 'any' || (policy === 'signedOrMissing' && status === 'missing')
	);
}

function createItem(request: DataExchangeRequest, check: FlowTokenCheck): IDataObject {
	const { action, screen, data, flowToken, version } = request;
	const token: JsonObject = check.status === 'valid' ? check.payload : {};
	return {
		action,
		screen,
		data,
		flow_token: flowToken ?? null,
		token,
		token_status: check.status,
		version,
		received_at: new Date().toISOString(),
	};
}

/** As received, so that execution data never contains a decrypted key. */
const toEncryption = ({ encryptedAesKey, initialVector }: EncryptedRequest): IDataObject => ({
	encrypted_aes_key: encryptedAesKey,
	initial_vector: initialVector,
});

const reject = (statusCode: number, rejection: string): Outcome => ({
	response: { statusCode, body: '' },
	rejection,
});
