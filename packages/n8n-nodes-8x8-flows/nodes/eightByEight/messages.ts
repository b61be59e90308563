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
import { ERROR_CATALOG, MESSAGE_CODES } from './errorCodes';
import { createErrorParser } from './errors';

const parser = createErrorParser(MESSAGE_CODES);

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

/** States that mean "rejected by the API, will not be processed". */
const FAILED_STATES = new Set<unknown>(['failed', 'error']);

/** A 200 can say that the message failed. */
function parseFailedStatus(response: HttpResponse): ApiError | undefined {
	const status = isObject(response.body) ? response.body['status'] : undefined;
	if (!isObject(status) || !FAILED_STATES.has(status['state'])) return undefined;
	const { errorCode, errorMessage, state } = status;
	return createApiError(response, ERROR_CATALOG.other, {
		message: typeof errorMessage === 'string' ? errorMessage : undefined,
		label: `status ${String(state)}${typeof errorCode === 'number' ? `, code ${errorCode}` : ''}`,
		recognized: true,
	});
}

/** A message can be looked up only by the ID in the response, and 8x8 documents no idempotency keys. */
export const describeIndeterminateSend = (error: ApiError): ApiError =>
	withDescription(
		error,
		"It's unknown whether the message was sent, so the node didn't send it again. Look for it in the logs of 8x8 Connect before you send it again.",
	);
