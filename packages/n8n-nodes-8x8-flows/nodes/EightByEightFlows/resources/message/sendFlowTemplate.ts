import { buildFlowTemplateMessage, getRecipientId } from '../../../eightByEight/flowMessage';
import {
	clientMessageIdOption,
	parseClientMessageId,
	replyToOption,
} from '../../../eightByEight/parameters/messageOptions';
import { createOptionsParameter } from '../../../eightByEight/parameters/options';
import { parseRecipient, recipientParameter } from '../../../eightByEight/parameters/recipient';
import {
	parseSubaccountId,
	subaccountIdParameter,
} from '../../../eightByEight/parameters/subaccountId';
import { parseScreen, screenOption } from '../../../shared/whatsappFlows/messages/flowOpening';
import {
	parseReplyTo,
	screenDataOptions,
} from '../../../shared/whatsappFlows/messages/messageOptions';
import {
	assertSentOnce,
	createSendOutput,
} from '../../../shared/whatsappFlows/messages/sendOutput';
import {
	buttonIndexOption,
	headerVariablesOption,
	parseTemplate,
	templateParameters,
} from '../../../shared/whatsappFlows/messages/template';
import type { MessageOperation } from '../operation';
import { deliveryNotice } from './deliveryNotice';

/** Send message, with a template: POST /subaccounts/<subAccountId>/messages. */
export const sendFlowTemplate: MessageOperation = {
	name: 'Send Flow Template',
	value: 'sendFlowTemplate',
	action: 'Send flow template message',
	description: 'Send an approved template with a button that opens a flow, also to start a chat',
	writes: true,
	parameters: [
		deliveryNotice,
		subaccountIdParameter,
		recipientParameter,
		...templateParameters,
		createOptionsParameter({
			writes: true,
			operationOptions: [
				buttonIndexOption,
				clientMessageIdOption,
				headerVariablesOption,
				replyToOption,
				screenOption,
				...screenDataOptions,
			],
		}),
	],
	async execute({ client, getParameter, retriesOnFail }) {
		assertSentOnce({ retriesOnFail });
		const subaccountId = parseSubaccountId(getParameter, client.defaultSubaccountId);
		const recipient = parseRecipient(getParameter);
		const template = parseTemplate(getParameter);
		const message = buildFlowTemplateMessage({
			...template,
			...parseScreen(getParameter),
			recipient,
			clientMessageId: parseClientMessageId(getParameter),
			replyTo: parseReplyTo(getParameter),
		});
		const accepted = await client.sendMessage(subaccountId, message);
		const { templateName } = template;
		return [createSendOutput({ to: getRecipientId(recipient), templateName }, accepted)];
	},
};
