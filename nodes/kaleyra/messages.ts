import type { JsonObject } from 'n8n-workflow';
import type { ApiError } from '../shared/api/apiError';
import type { ErrorDefinition } from '../shared/api/errorCatalog';
import type { ErrorParser, WriteResult } from '../shared/api/responses';
import { parseResult, toWriteResult, withDescription } from '../shared/api/responses';
import type { HttpResult } from '../shared/http/httpResult';
import { isObject } from '../shared/http/json';
import type { AcceptedMessage } from '../shared/whatsappFlows/messages/sendOutput';
import { MESSAGE_CODES } from './errorCodes';
import { createErrorParser } from './errors';

/** How Kaleyra reports the errors of messages. */
export const MESSAGE_ERROR_PARSER: ErrorParser = createErrorParser(MESSAGE_CODES);

/**
 * No page shows the response, only its code WA200 (inferred: the ID is in one of the places where Kaleyra's
 * other pages and Meta have it).
 */
export function parseSendResponse(result: HttpResult): WriteResult<AcceptedMessage> {
	const parsed = parseResult(MESSAGE_ERROR_PARSER, result, (response) => {
		if (!isObject(response)) return undefined;
		const messageId = findMessageId(response);
		const { code, success } = response;
		const accepted = typeof code === 'string' || success === true || messageId !== '';
		return accepted ? { messageId, response } : undefined;
	});
	return toWriteResult(MESSAGE_ERROR_PARSER, result, parsed);
}

function findMessageId(response: JsonObject): string {
	const { data, messages, id } = response;
	const [first, firstMessage] = [data, messages].map((list) =>
		Array.isArray(list) ? list[0] : list,
	);
	const candidates = [
		isObject(first) ? first['message_id'] : undefined,
		isObject(first) ? first['id'] : undefined,
		isObject(firstMessage) ? firstMessage['id'] : undefined,
		response['message_id'],
		id,
	];
	const found = candidates.find((each) => typeof each === 'string' && each !== '');
	return typeof found === 'string' ? found : '';
}

/** A sent message can't be looked up, and Kaleyra has no idempotency keys, so it's never sent again. */
export function describeIndeterminateSend(error: ApiError): ApiError {
	const advice: ErrorDefinition | undefined = MESSAGE_CODES[error.code ?? ''];
	return withDescription(
		error,
		`It's unknown whether the message was sent, so the node didn't send it again. Look for it in Kaleyra's message logs before you send it again.${advice ? ` ${advice.description}` : ''}`,
	);
}
