import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { AcceptedMessage } from '../../../kaleyra/messages';
import { InvalidInputError } from '../../../shared/errors';
import type { OperationContext } from '../../../shared/node/operations';

/** What the message operations have in common. */

export const deliveryNotice: INodeProperties = {
	displayName:
		'Accepted doesn’t mean delivered: Kaleyra reports the delivery later, to the status callback of the number',
	name: 'deliveryNotice',
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
