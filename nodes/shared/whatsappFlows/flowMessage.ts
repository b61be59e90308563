import type { JsonObject } from 'n8n-workflow';

/** WhatsApp messages that open a flow, in Meta's format. Sources: Meta, Sending a Flow; Template messages. */

interface Recipient {
	/** E.164 with a leading +. */
	to: string;
	/** The ID of the message to quote. */
	replyTo?: string | undefined;
}

/** How the button opens the flow. */
export interface FlowMessage extends Recipient {
	flowId: string;
	bodyText: string;
	buttonText: string;
	header?: string | undefined;
	footer?: string | undefined;
	/** `draft` sends a flow that isn't published, for tests. */
	mode: FlowMode;
	/** `navigate` opens a screen; `data_exchange` asks the flow's endpoint for the first one. */
	flowAction: FlowAction;
	/** The screen to open; the first one if undefined. */
	screen?: string | undefined;
	screenData?: JsonObject | undefined;
	flowToken: string;
}

export type FlowMode = 'published' | 'draft';
export type FlowAction = 'navigate' | 'data_exchange';

/** Meta knows only this version. */
const FLOW_MESSAGE_VERSION = '3';

/** An interactive message. It can be sent within 24 hours after the customer's last message. */
export function buildFlowMessage(message: FlowMessage): JsonObject {
	const { bodyText, buttonText, header, footer, screen, screenData } = message;
	// Meta rejects empty data, and a payload that isn't for `navigate`.
	const payload = {
		...(screen !== undefined && { screen }),
		...(screenData && { data: screenData }),
	};
	return {
		...buildEnvelope(message, 'interactive'),
		interactive: {
			type: 'flow',
			...(header !== undefined && { header: { type: 'text', text: header } }),
			body: { text: bodyText },
			...(footer !== undefined && { footer: { text: footer } }),
			action: {
				name: 'flow',
				parameters: {
					flow_message_version: FLOW_MESSAGE_VERSION,
					flow_token: message.flowToken,
					flow_id: message.flowId,
					flow_cta: buttonText,
					mode: message.mode,
					flow_action: message.flowAction,
					...(Object.keys(payload).length > 0 && { flow_action_payload: payload }),
				},
			},
		},
	};
}

export interface FlowTemplateMessage extends Recipient {
	templateName: string;
	/** Such as en_US. */
	language: string;
	/** The values of the variables in the header's text. */
	headerVariables: string[];
	/** The values of the variables in the body. */
	bodyVariables: string[];
	/** The position of the flow's button, from 0. */
	buttonIndex: number;
	screenData?: JsonObject | undefined;
	flowToken: string;
}

/**
 * A template message. The flow's button is always named, with a token: otherwise Meta rejects the message
 * (131009), as users report.
 */
export function buildFlowTemplateMessage(message: FlowTemplateMessage): JsonObject {
	const { headerVariables, bodyVariables, screenData, flowToken } = message;
	const action = {
		flow_token: flowToken,
		...(screenData && { flow_action_data: screenData }),
	};
	return {
		...buildEnvelope(message, 'template'),
		template: {
			name: message.templateName,
			language: { code: message.language },
			components: [
				...buildTextComponent('header', headerVariables),
				...buildTextComponent('body', bodyVariables),
				{
					type: 'button',
					sub_type: 'flow',
					index: String(message.buttonIndex),
					parameters: [{ type: 'action', action }],
				},
			],
		},
	};
}

const buildEnvelope = ({ to, replyTo }: Recipient, type: string): JsonObject => ({
	messaging_product: 'whatsapp',
	recipient_type: 'individual',
	to,
	type,
	...(replyTo !== undefined && { context: { message_id: replyTo } }),
});

function buildTextComponent(type: 'header' | 'body', variables: string[]): JsonObject[] {
	if (variables.length === 0) return [];
	return [{ type, parameters: variables.map((text) => ({ type: 'text', text })) }];
}
