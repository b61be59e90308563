import { isObject } from '../../http/json';
import type { FlowReply } from '../flowReply';

/**
 * Parses a reply that a reply trigger passes on. Everything else in it is left out, because the customer can know
 * the URL that it's sent to.
 *
 * @param providerTexts the names of the provider's own texts
 * @returns undefined if it isn't one
 */
export function parseForwardedReply(
	body: unknown,
	providerTexts: readonly string[],
): FlowReply | undefined {
	if (!isObject(body)) return undefined;
	const { response } = body;
	if (!isObject(response) && typeof response !== 'string') return undefined;
	const getText = (name: string) => {
		const value = body[name];
		return typeof value === 'string' ? value : '';
	};
	return {
		from: getText('from'),
		profile_name: getText('profile_name'),
		message_id: getText('message_id'),
		in_reply_to: getText('in_reply_to'),
		timestamp: getText('timestamp'),
		flow_token: getText('flow_token'),
		response,
		...Object.fromEntries(providerTexts.map((name) => [name, getText(name)])),
	};
}
