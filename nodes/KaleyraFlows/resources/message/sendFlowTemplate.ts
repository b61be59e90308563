import {
	flowTokenOption,
	parseReferences,
	referenceOptions,
	replyToOption,
} from '../../../kaleyra/parameters/messageOptions';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { parsePhoneNumbers, phoneNumberParameters } from '../../../kaleyra/parameters/phoneNumbers';
import { buildFlowTemplateMessage } from '../../../shared/whatsappFlows/flowMessage';
import {
	parseFlowToken,
	parseReplyTo,
	parseScreenData,
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

/** Send Flow Template Messages: POST /v2/<sid>/whatsapp/<phone_number>/messages. */
export const sendFlowTemplate: MessageOperation = {
	name: 'Send Flow Template',
	value: 'sendFlowTemplate',
	action: 'Send flow template message',
	description: 'Send an approved template with a button that opens a flow, also to start a chat',
	writes: true,
	parameters: [
		deliveryNotice,
		...phoneNumberParameters,
		...templateParameters,
		optionsParameter({
			writes: true,
			operationOptions: [
				buttonIndexOption,
				flowTokenOption,
				headerVariablesOption,
				...referenceOptions(),
				replyToOption,
				...screenDataOptions,
			],
		}),
	],
	async execute({ client, getParameter, retriesOnFail }) {
		assertSentOnce({ retriesOnFail });
		const { from, to } = parsePhoneNumbers(getParameter, client.defaultPhoneNumber);
		const template = parseTemplate(getParameter);
		const flowToken = parseFlowToken(getParameter);
		const message = buildFlowTemplateMessage({
			...template,
			to,
			flowToken,
			screenData: parseScreenData(getParameter),
			replyTo: parseReplyTo(getParameter),
		});
		const accepted = await client.sendMessage(from, message, parseReferences(getParameter));
		return [createSendOutput({ to, templateName: template.templateName, flowToken }, accepted)];
	},
};
