import type { ApiError } from '../shared/api/apiError';
import type { ErrorParser, WriteResult } from '../shared/api/responses';
import {
	createApiError,
	parseResult,
	toWriteResult,
	withDescription,
} from '../shared/api/responses';
import type { HttpResponse, HttpResult } from '../shared/http/httpResult';
import { isObject } from '../shared/http/json';
import type { AcceptedMessage } from '../shared/whatsappFlows/messages/sendOutput';
import { MESSAGE_CATALOG, MESSAGE_CODES } from './errorCodes';
import { createErrorParser } from './errors';

const parser = createErrorParser(MESSAGE_CODES, MESSAGE_CATALOG);

/** How 8x8 reports the errors of messages. */
const MESSAGE_ERROR_PARSER: ErrorParser = {
	...parser,
	parseErrorBody: (response) => parser.parseErrorBody(response) ?? parseFailedStatus(response),
};

/** Parses the response to a message: its `umid` and `status`. */
export function parseSendResponse(result: HttpResult): WriteResult<AcceptedMessage> {
	const parsed = parseResult(MESSAGE_ERROR_PARSER, result, (response) => {
		if (!isObject(response)) return undefined;
		const { umid } = response;
		return typeof umid === 'string' && umid !== '' ? { messageId: umid, response } : undefined;
	});
	return toWriteResult(MESSAGE_ERROR_PARSER, result, parsed);
}

/** States that mean "rejected by the API, will not be processed". `rejected` is in a sample of Send message batch. */
const FAILED_STATES = new Set<unknown>(['failed', 'error', 'rejected']);

/** The other states that 8x8 lists. */
const ACCEPTED_STATES = new Set<unknown>([
	'unknown',
	'queued',
	'sent',
	'delivered',
	'undelivered',
	'read',
	'ok',
]);

/** A 200 can say that the message failed. */
function parseFailedStatus(response: HttpResponse): ApiError | undefined {
	const status = isObject(response.body) ? response.body['status'] : undefined;
	if (!isObject(status)) return undefined;
	const { errorCode, errorMessage, state } = status;
	const code = typeof errorCode === 'number' && errorCode !== 0 ? String(errorCode) : undefined;
	const isFailed = FAILED_STATES.has(state) || (code !== undefined && !ACCEPTED_STATES.has(state));
	if (!isFailed) return undefined;
	return createApiError(response, MESSAGE_CODES[code ?? ''] ?? MESSAGE_CATALOG.other, {
		message: typeof errorMessage === 'string' ? errorMessage : undefined,
		code,
		label: `status ${String(state)}${code === undefined ? '' : `, code ${code}`}`,
		recognized: true,
	});
}

/** A message can be looked up only by the ID in the response, and 8x8 documents no idempotency keys. */
export const describeIndeterminateSend = (error: ApiError): ApiError =>
	withDescription(
		error,
		"It's unknown whether the message was sent, so the node didn't send it again. Look for it in the logs of 8x8 Connect before you send it again.",
	);
