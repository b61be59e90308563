import type { INodeProperties } from 'n8n-workflow';
import type { EightByEightMessageClient } from '../../../eightByEight/EightByEightMessageClient';
import { buildFlowMessage, getRecipientId } from '../../../eightByEight/flowMessage';
import { listChannelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { flowParameter, resolveFlowId } from '../../../eightByEight/parameters/flow';
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
import type { OperationContext } from '../../../shared/node/operations';
import {
	flowActionOption,
	modeOption,
	parseFlowOpening,
	screenOption,
} from '../../../shared/whatsappFlows/messages/flowOpening';
import {
	parseFlowToken,
	parseReplyTo,
	screenDataOptions,
} from '../../../shared/whatsappFlows/messages/messageOptions';
import {
	bodyTextParameter,
	buttonTextParameter,
	headerAndFooterOptions,
	parseMessageTexts,
} from '../../../shared/whatsappFlows/messages/messageText';
import { sessionNotice } from '../../../shared/whatsappFlows/messages/sendOutput';

/** What the operations that send a flow message have in common. */

export const flowMessageParameters: INodeProperties[] = [
	sessionNotice,
	subaccountIdParameter,
	recipientParameter,
	flowParameter,
	listChannelIdParameter,
	bodyTextParameter,
	{
		...buttonTextParameter,
		description:
			"The button that opens the flow: up to 30 characters (20 according to 8x8's guide), no emoji",
	},
];

/** @param more options of the operation only */
export const flowMessageOptions = (more: INodeProperties[]) =>
	createOptionsParameter({
		writes: true,
		operationOptions: [
			clientMessageIdOption,
			flowActionOption,
			...headerAndFooterOptions,
			{
				...modeOption,
				description: "Which version of the flow to send. Only 8x8's guide documents Draft.",
			},
			replyToOption,
			screenOption,
			...screenDataOptions,
			...more,
		].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	});

type Context = Pick<OperationContext<EightByEightMessageClient>, 'client' | 'getParameter'>;

/** @param resumeToken leads the reply back to this execution, as flow token */
export async function sendFlowMessage({ client, getParameter }: Context, resumeToken?: string) {
	const subaccountId = parseSubaccountId(getParameter, client.defaultSubaccountId);
	const recipient = parseRecipient(getParameter);
	const content = {
		...parseMessageTexts(getParameter),
		...parseFlowOpening(getParameter),
		flowToken: resumeToken ?? parseFlowToken(getParameter),
		clientMessageId: parseClientMessageId(getParameter),
		replyTo: parseReplyTo(getParameter),
	};
	const flowId = await resolveFlowId({ client, getParameter }, () => parseChannelId(getParameter));
	const message = buildFlowMessage({ ...content, recipient, flowId });
	const accepted = await client.sendMessage(subaccountId, message);
	return { to: getRecipientId(recipient), flowId, flowToken: content.flowToken, accepted };
}
