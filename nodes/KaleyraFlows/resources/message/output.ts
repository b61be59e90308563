import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { AcceptedMessage } from '../../../kaleyra/messages';

/** What the message operations have in common. */

export const deliveryNotice: INodeProperties = {
	displayName:
		'Accepted doesn’t mean delivered: Kaleyra reports the delivery later, to the status callback of the number',
	name: 'deliveryNotice',
	type: 'notice',
	default: '',
};

export const sessionNotice: INodeProperties = {
	displayName:
		"WhatsApp delivers this message only within 24 hours after the customer's last message. To start a conversation, send a template.",
	name: 'sessionNotice',
	type: 'notice',
	default: '',
};

/** @param message what the message is about; a template determines the flow itself */
export const createSendOutput = (
	message: { to: string; flowId?: string; templateName?: string; flowToken: string },
	{ messageId, response }: AcceptedMessage,
): IDataObject => ({
	message_id: messageId,
	to: message.to,
	...(message.flowId !== undefined && { flow_id: message.flowId }),
	...(message.templateName !== undefined && { template_name: message.templateName }),
	flow_token: message.flowToken,
	accepted: true,
	api_response: response,
});
