import {
	assertSentOnce,
	createSendOutput,
} from '../../../shared/whatsappFlows/messages/sendOutput';
import type { MessageOperation } from '../operation';
import { deliveryNotice } from './deliveryNotice';
import { flowMessageOptions, flowMessageParameters, sendFlowMessage } from './flowMessage';

/** Send Flow Messages: POST /v2/<sid>/whatsapp/<phone_number>/messages. */
export const sendFlow: MessageOperation = {
	name: 'Send Flow',
	value: 'sendFlow',
	action: 'Send flow message',
	description: 'Send a message with a button that opens a flow',
	writes: true,
	// A message changes no flow.
	cacheReads: true,
	parameters: [deliveryNotice, ...flowMessageParameters, flowMessageOptions([], [])],
	async execute(context) {
		assertSentOnce(context);
		const sent = await sendFlowMessage(context);
		return [createSendOutput(sent, sent.accepted)];
	},
};
