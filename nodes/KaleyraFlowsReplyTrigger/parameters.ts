import { splitList } from '../shared/node/parameters';
import type { GetParameter } from '../shared/node/parameters';
import type { ReplyTriggerOptions } from '../shared/whatsappFlows/replyTrigger/parameters';
import {
	createReplyTriggerParameters,
	parseReplyTriggerOptions,
} from '../shared/whatsappFlows/replyTrigger/parameters';
import type { KaleyraReply } from '../kaleyra/flowReplies';

export const replyTriggerParameters = createReplyTriggerParameters({
	provider: 'Kaleyra',
	urlNotice:
		'Copy the production URL into the Kaleyra console: WhatsApp > Manage > Configurations > Numbers > edit the number > Incoming URL. A number has one Incoming URL, so if another system uses it, let that system forward the requests. Don’t use a callback profile with a body of its own.',
	headerDescription: 'Kaleyra sends a secret header, which you enter in its callback profile',
	options: [
		{
			displayName: 'References',
			name: 'refs',
			type: 'string',
			default: '',
			placeholder: 'e.g. survey,appointment',
			description: 'Only replies with one of these values in ref, comma-separated',
		},
	],
});

/** @throws {InvalidInputError} if an expression returns a value of the wrong type */
export function parseOptions(getParameter: GetParameter): ReplyTriggerOptions<KaleyraReply> {
	const { includeRawPayload, matches } = parseReplyTriggerOptions(getParameter);
	const refs = splitList(getParameter('options.refs', ''), 'References', 'survey,appointment')
		.map((ref) => String(ref).trim())
		.filter((ref) => ref !== '');
	return {
		includeRawPayload,
		matches: (reply) => matches(reply) && (refs.length === 0 || refs.includes(reply.ref)),
	};
}
