import type { MessageOperation } from '../operation';
import { flowMessageOptions, flowMessageParameters, sendFlowMessage } from './flowMessage';
import { assertSentOnce, createSendOutput, deliveryNotice } from './output';

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
