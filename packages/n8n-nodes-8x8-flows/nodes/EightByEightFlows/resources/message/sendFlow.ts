import { flowTokenOption } from '../../../eightByEight/parameters/messageOptions';
import {
	assertSentOnce,
	createSendOutput,
} from '../../../shared/whatsappFlows/messages/sendOutput';
import type { MessageOperation } from '../operation';
import { deliveryNotice } from './deliveryNotice';
import { flowMessageOptions, flowMessageParameters, sendFlowMessage } from './flowMessage';

/** Send message, with the interactive type flow: POST /subaccounts/<subAccountId>/messages. */
export const sendFlow: MessageOperation = {
	name: 'Send Flow',
	value: 'sendFlow',
	action: 'Send flow message',
	description: 'Send a message with a button that opens a flow',
	writes: true,
	// A message changes no flow.
	cacheReads: true,
	parameters: [deliveryNotice, ...flowMessageParameters, flowMessageOptions([flowTokenOption])],
	async execute(context) {
		assertSentOnce(context);
		const sent = await sendFlowMessage(context);
		return [createSendOutput(sent, sent.accepted)];
	},
};
