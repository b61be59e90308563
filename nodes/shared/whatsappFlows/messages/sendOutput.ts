import type { IDataObject, INodeProperties, JsonObject } from 'n8n-workflow';
import { InvalidInputError } from '../../errors';
import type { OperationContext } from '../../node/operations';

/** What the message operations have in common. */

/** A message that the provider accepted. It reports the delivery later. */
export interface AcceptedMessage {
	/** The provider's ID of the message, which isn't WhatsApp's; empty if the response has none. */
	messageId: string;
	response: JsonObject;
}

/** @param delivery how the provider reports it */
export const createDeliveryNotice = (delivery: string): INodeProperties => ({
	displayName: `Accepted doesn’t mean delivered: ${delivery}`,
	name: 'deliveryNotice',
	type: 'notice',
	default: '',
});

export const sessionNotice: INodeProperties = {
	displayName:
		"WhatsApp delivers this message only within 24 hours after the customer's last message. To start a conversation, send a template.",
	name: 'sessionNotice',
	type: 'notice',
	default: '',
};

/** @throws {InvalidInputError} if n8n would send messages again that were sent already */
export function assertSentOnce({
	retriesOnFail,
}: Pick<OperationContext<unknown>, 'retriesOnFail'>) {
	if (!retriesOnFail) return;
	throw new InvalidInputError(
		"'Retry On Fail' is on, so n8n would send all messages again if one fails",
		"Turn it off in the node's settings. The node itself retries where no message can be sent twice. Nothing was sent.",
	);
}

/** @param message what the message is about; a template determines the flow itself */
export const createSendOutput = (
	message: { to: string; flowId?: string; templateName?: string; flowToken?: string },
	{ messageId, response }: AcceptedMessage,
): IDataObject => ({
	message_id: messageId,
	to: message.to,
	...(message.flowId !== undefined && { flow_id: message.flowId }),
	...(message.templateName !== undefined && { template_name: message.templateName }),
	...(message.flowToken !== undefined && { flow_token: message.flowToken }),
	accepted: true,
	api_response: response,
});
