import type { JsonObject } from 'n8n-workflow';
import type { FlowAction, FlowMode } from '../shared/whatsappFlows/flowMessage';

/** WhatsApp messages that open a flow. Source: Send message, unless the guide is named. */

/** A phone number (E.164 with a leading +), or WhatsApp's ID of a customer whose number is hidden. */
export type Recipient = { msisdn: string } | { channelUserId: string };

/** Source: Business-Scoped User IDs. */
const USER_ID = /^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/;

export const isUserId = (text: string) => USER_ID.test(text);

export const getRecipientId = (recipient: Recipient) =>
	'msisdn' in recipient ? recipient.msisdn : recipient.channelUserId;

interface Message {
	recipient: Recipient;
	clientMessageId?: string | undefined;
	/** The umid of the message to quote. */
	replyTo?: string | undefined;
}

export interface FlowMessage extends Message {
	flowId: string;
	bodyText: string;
	buttonText: string;
	header?: string | undefined;
	footer?: string | undefined;
	mode: FlowMode;
	flowAction: FlowAction;
	/** The screen to open; the first one if undefined. */
	screen?: string | undefined;
	screenData?: JsonObject | undefined;
	flowToken: string;
}

/** An interactive message. `flowToken` and `mode` are in the guide only. */
export function buildFlowMessage(message: FlowMessage): JsonObject {
	const { header, footer } = message;
	const payload = buildScreen(message);
	return {
		...buildEnvelope(message, 'interactive'),
		content: {
			interactive: {
				type: 'flow',
				...(header !== undefined && { header: { type: 'text', text: header } }),
				body: { text: message.bodyText },
				...(footer !== undefined && { footer: { text: footer } }),
				action: {
					parameters: {
						flowId: message.flowId,
						flowCta: message.buttonText,
						flowToken: message.flowToken,
						...(message.mode === 'draft' && { mode: message.mode }),
						flowAction: message.flowAction,
						...(payload && { flowActionPayload: payload }),
					},
				},
			},
		},
	};
}

export interface FlowTemplateMessage extends Message {
	templateName: string;
	/** Such as en_US. */
	language: string;
	/** The values of the variables in the header's text. */
	headerVariables: string[];
	/** The values of the variables in the body. */
	bodyVariables: string[];
	/** The position of the flow's button, from 0. */
	buttonIndex: number;
	screen?: string | undefined;
	screenData?: JsonObject | undefined;
}

/** A template message. It has no flow token, because no page documents one. */
export function buildFlowTemplateMessage(message: FlowTemplateMessage): JsonObject {
	const data = buildScreen(message);
	return {
		...buildEnvelope(message, 'template'),
		content: {
			template: {
				name: message.templateName,
				language: message.language,
				components: [
					...buildTextComponent('header', message.headerVariables),
					...buildTextComponent('body', message.bodyVariables),
					{
						type: 'button',
						// The list of values has Flow, and all samples have this.
						subType: 'flow',
						index: message.buttonIndex,
						parameters: [{ type: 'action', ...(data && { flowActionData: data }) }],
					},
				],
			},
		},
	};
}

const buildEnvelope = ({ recipient, clientMessageId, replyTo }: Message, type: string) => ({
	user: recipient,
	...(clientMessageId !== undefined && { clientMessageId }),
	type,
	...(replyTo !== undefined && { context: { umid: replyTo } }),
});

/** @returns undefined without any value, because an empty object isn't allowed */
function buildScreen({
	screen,
	screenData,
}: Pick<FlowMessage, 'screen' | 'screenData'>): JsonObject | undefined {
	if (screen === undefined && screenData === undefined) return undefined;
	return { ...(screen !== undefined && { screen }), ...(screenData && { data: screenData }) };
}

function buildTextComponent(type: 'header' | 'body', variables: string[]): JsonObject[] {
	if (variables.length === 0) return [];
	return [{ type, parameters: variables.map((text) => ({ type: 'text', text })) }];
}
