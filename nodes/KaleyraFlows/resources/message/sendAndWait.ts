import type { INodeProperties } from 'n8n-workflow';
import { limitWaitTimeOption } from '../../../shared/node/waiting';
import { awaitedReplyParameter } from '../../../shared/whatsappFlows/messages/awaitedReply';
import {
	SEND_AND_WAIT,
	sendAndWaitForReply,
} from '../../../shared/whatsappFlows/messages/waitForReply';
import type { MessageOperation } from '../operation';
import { flowMessageOptions, flowMessageParameters, sendFlowMessage } from './flowMessage';

const replyTriggerNotice: INodeProperties = {
	displayName:
		'Requires a published workflow of this n8n with a Kaleyra Flows Reply Trigger, whose URL receives the incoming messages of the number',
	name: 'replyTriggerNotice',
	type: 'notice',
	default: '',
};

/** Send Flow Messages, and then wait until the reply trigger receives the reply. */
export const sendAndWait: MessageOperation = {
	name: 'Send Flow and Wait for Reply',
	value: SEND_AND_WAIT,
	action: 'Send flow message and wait for reply',
	description: 'Send a message with a button that opens a flow, and continue with the reply',
	writes: true,
	parameters: [
		replyTriggerNotice,
		...flowMessageParameters,
		awaitedReplyParameter,
		// ref leads the reply back.
		flowMessageOptions([limitWaitTimeOption], ['ref']),
	],
	execute: async (context) =>
		await sendAndWaitForReply(context, async (resumeToken) => ({
			...(await sendFlowMessage(context, resumeToken)),
			ref: resumeToken,
		})),
};
