import type { JsonObject } from 'n8n-workflow';
import { isObject, parseJson } from '../../http/json';
import { MalformedRequestError } from './errors';

/** A decrypted request. Meta's own names; `version` is passed through. */
export interface DataExchangeRequest {
	kind: 'ping' | 'clientError' | 'screen';
	action: string;
	version: string;
	/** Empty for INIT and BACK on some clients. */
	screen: string;
	data: JsonObject;
	/** Missing for a ping, and on some iOS clients. */
	flowToken: string | undefined;
}

/** A flow asks for a screen when it opens, when a form is submitted, and when the user goes back. */
const ACTIONS = ['INIT', 'data_exchange', 'BACK'];

/** @throws {MalformedRequestError} if it isn't a request that an endpoint can respond to */
export function parseRequest(payload: string): DataExchangeRequest {
	const body = parseJson(payload);
	if (!isObject(body)) throw new MalformedRequestError('The payload must be a JSON object');
	const { action, version, screen, data, flow_token: flowToken } = body;
	const isPing = action === 'ping';
	if (typeof action !== 'string' || !(isPing || ACTIONS.includes(action))) {
		throw new MalformedRequestError('The payload contains no known action');
	}
	const request = {
		action,
		version: typeof version === 'string' ? version : '',
		screen: typeof screen === 'string' ? screen : '',
		data: isObject(data) ? data : {},
		flowToken: typeof flowToken === 'string' && flowToken !== '' ? flowToken : undefined,
	};
	return {
		...request,
		kind: isPing ? 'ping' : isClientError(request.data) ? 'clientError' : 'screen',
	};
}

/**
 * Meta's sample shows the key `error`, its table `error_key`, both with `error_message`. A form can have a field with
 * one of these names, so one alone isn't enough.
 */
function isClientError({
	error,
	error_key: errorKey,
	error_message: message,
}: JsonObject): boolean {
	const isText = (value: unknown) => typeof value === 'string' && value !== '';
	return isText(message) && (isText(error) || isText(errorKey));
}
