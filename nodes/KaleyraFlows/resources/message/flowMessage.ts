import type { INodeProperties } from 'n8n-workflow';
import type { KaleyraPhoneNumberClient } from '../../../kaleyra/KaleyraPhoneNumberClient';
import { flowParameter, resolveFlowId } from '../../../kaleyra/parameters/flow';
import {
	flowTokenOption,
	parseReferences,
	referenceOptions,
	replyToOption,
} from '../../../kaleyra/parameters/messageOptions';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { parsePhoneNumbers, phoneNumberParameters } from '../../../kaleyra/parameters/phoneNumbers';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import type { OperationContext } from '../../../shared/node/operations';
import { buildFlowMessage } from '../../../shared/whatsappFlows/flowMessage';
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
import type { AcceptedMessage } from '../../../shared/whatsappFlows/messages/sendOutput';
import { sessionNotice } from '../../../shared/whatsappFlows/messages/sendOutput';

/** What the operations that send a flow message have in common. */

export const flowMessageParameters: INodeProperties[] = [
	sessionNotice,
	...phoneNumberParameters,
	flowParameter,
	listWabaIdParameter,
	bodyTextParameter,
	buttonTextParameter,
];

/**
 * @param more options of the operation only
 * @param exceptReferences references that the operation sets itself
 */
export const flowMessageOptions = (more: INodeProperties[], exceptReferences: string[]) =>
	optionsParameter({
		writes: true,
		operationOptions: [
			flowActionOption,
			flowTokenOption,
			...headerAndFooterOptions,
			modeOption,
			...referenceOptions(exceptReferences),
			replyToOption,
			screenOption,
			...screenDataOptions,
			...more,
		].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	});

export interface SentFlowMessage {
	to: string;
	flowId: string;
	flowToken: string;
	accepted: AcceptedMessage;
}

/** @param resumeToken leads the reply back to this execution: in `ref`, and as flow token unless one is set */
export async function sendFlowMessage(
	{
		client,
		getParameter,
	}: Pick<OperationContext<KaleyraPhoneNumberClient>, 'client' | 'getParameter'>,
	resumeToken?: string,
): Promise<SentFlowMessage> {
	const { from, to } = parsePhoneNumbers(getParameter, client.defaultPhoneNumber);
	const content = {
		...parseMessageTexts(getParameter),
		...parseFlowOpening(getParameter),
		flowToken: parseFlowToken(getParameter, resumeToken),
		replyTo: parseReplyTo(getParameter),
	};
	const references = {
		...parseReferences(getParameter),
		...(resumeToken !== undefined && { ref: resumeToken }),
	};
	const flowId = await resolveFlowId({ client, getParameter });
	const message = buildFlowMessage({ ...content, to, flowId });
	const accepted = await client.sendMessage(from, message, references);
	return { to, flowId, flowToken: content.flowToken, accepted };
}
