import { flowParameter, resolveFlowId } from '../../../kaleyra/parameters/flow';
import {
	flowActionOption,
	modeOption,
	parseFlowOpening,
	screenOption,
} from '../../../kaleyra/parameters/flowOpening';
import {
	flowTokenOption,
	parseFlowToken,
	parseReferences,
	parseReplyTo,
	referenceOptions,
	replyToOption,
	screenDataOptions,
} from '../../../kaleyra/parameters/messageOptions';
import {
	bodyTextParameter,
	buttonTextParameter,
	headerAndFooterOptions,
	parseMessageTexts,
} from '../../../kaleyra/parameters/messageText';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { parsePhoneNumbers, phoneNumberParameters } from '../../../kaleyra/parameters/phoneNumbers';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import { buildFlowMessage } from '../../../shared/whatsappFlows/flowMessage';
import type { KaleyraOperation } from '../operation';
import { createSendOutput, deliveryNotice, sessionNotice } from './output';

/** Send Flow Messages: POST /v2/<sid>/whatsapp/<phone_number>/messages. */
export const sendFlow: KaleyraOperation = {
	name: 'Send Flow',
	value: 'sendFlow',
	action: 'Send flow message',
	description: 'Send a message with a button that opens a flow',
	writes: true,
	parameters: [
		deliveryNotice,
		sessionNotice,
		...phoneNumberParameters,
		flowParameter,
		listWabaIdParameter,
		bodyTextParameter,
		buttonTextParameter,
		optionsParameter({
			writes: true,
			operationOptions: [
				flowActionOption,
				flowTokenOption,
				...headerAndFooterOptions,
				modeOption,
				...referenceOptions(),
				replyToOption,
				screenOption,
				...screenDataOptions,
			],
		}),
	],
	async execute({ client, getParameter }) {
		const { from, to } = parsePhoneNumbers(getParameter, client.defaultPhoneNumber);
		const content = {
			...parseMessageTexts(getParameter),
			...parseFlowOpening(getParameter),
			flowToken: parseFlowToken(getParameter),
			replyTo: parseReplyTo(getParameter),
		};
		const references = parseReferences(getParameter);
		const flowId = await resolveFlowId({ client, getParameter });
		const message = buildFlowMessage({ ...content, to, flowId });
		const accepted = await client.sendMessage(from, message, references);
		return [createSendOutput({ to, flowId, flowToken: content.flowToken }, accepted)];
	},
};
