import type { INodeProperties } from 'n8n-workflow';
import type { AwaitedReply } from '../../../kaleyra/awaitedReply';
import { awaitedReplyParameter } from '../../../kaleyra/awaitedReply';
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
import { InvalidInputError } from '../../../shared/errors';
import type { OperationContext } from '../../../shared/node/operations';
import { limitWaitTimeOption, parseWaitLimit } from '../../../shared/node/waiting';
import { buildFlowMessage } from '../../../shared/whatsappFlows/flowMessage';
import { createResumeToken } from '../../../shared/whatsappFlows/flowToken';
import type { KaleyraOperation } from '../operation';
import { createSendOutput, sessionNotice } from './output';

const replyTriggerNotice: INodeProperties = {
	displayName:
		'Requires a published workflow of this n8n with a Kaleyra Flows Reply Trigger, whose URL receives the incoming messages of the number',
	name: 'replyTriggerNotice',
	type: 'notice',
	default: '',
};

/** n8n accepts a signed resume URL only from a node whose operation has exactly this value. */
const SEND_AND_WAIT = 'sendAndWait';

/** Send Flow Messages, and then wait until the reply trigger receives the reply. */
export const sendAndWait: KaleyraOperation = {
	name: 'Send Flow and Wait for Reply',
	value: SEND_AND_WAIT,
	action: 'Send flow message and wait for reply',
	description: 'Send a message with a button that opens a flow, and continue with the reply',
	writes: true,
	parameters: [
		replyTriggerNotice,
		sessionNotice,
		...phoneNumberParameters,
		flowParameter,
		listWabaIdParameter,
		bodyTextParameter,
		buttonTextParameter,
		awaitedReplyParameter,
		optionsParameter({
			writes: true,
			operationOptions: [
				flowActionOption,
				flowTokenOption,
				...headerAndFooterOptions,
				limitWaitTimeOption,
				modeOption,
				// The other one leads the reply back.
				...referenceOptions(['ref']),
				replyToOption,
				screenOption,
				...screenDataOptions,
			],
		}),
	],
	async execute(context) {
		assertCanWait(context);
		const { client, getParameter, waiting } = context;
		const { from, to } = parsePhoneNumbers(getParameter, client.defaultPhoneNumber);
		const resumeToken = createToken(waiting.createSignedResumeUrl());
		const content = {
			...parseMessageTexts(getParameter),
			...parseFlowOpening(getParameter),
			flowToken: parseFlowToken(getParameter, () => resumeToken),
			replyTo: parseReplyTo(getParameter),
		};
		const references = { ...parseReferences(getParameter), ref: resumeToken };
		const limit = parseWaitLimit(getParameter);
		const flowId = await resolveFlowId({ client, getParameter });
		const message = buildFlowMessage({ ...content, to, flowId });
		const accepted = await client.sendMessage(from, message, references);
		const sent = { to, flowId, flowToken: content.flowToken };
		const awaited: AwaitedReply = {
			timed_out: true,
			message_id: accepted.messageId,
			to,
			flow_id: flowId,
			flow_token: content.flowToken,
			ref: resumeToken,
		};
		await waiting.start(limit, awaited);
		return [createSendOutput(sent, accepted)];
	},
};

/** @throws {InvalidInputError} before anything is sent */
function assertCanWait({ isTool, waiting }: Pick<OperationContext<unknown>, 'isTool' | 'waiting'>) {
	if (isTool) {
		throw new InvalidInputError(
			"'Send Flow and Wait for Reply' can't be used as a tool, because a tool can't wait",
			'Use Send Flow, or let the tool call a workflow that sends the flow and waits.',
		);
	}
	if (waiting.itemCount > 1) {
		throw new InvalidInputError(
			`An execution waits for one reply at a time, and there are ${waiting.itemCount} items`,
			'Add a Loop Over Items node with a batch size of 1, or call a workflow for each item. Nothing was sent.',
		);
	}
}

/** @throws {InvalidInputError} if n8n can't resume this node */
function createToken(signedResumeUrl: string): string {
	const token = createResumeToken(signedResumeUrl);
	if (token !== undefined) return token;
	throw new InvalidInputError(
		"n8n's resume URL has an unexpected form, so the reply couldn't be matched",
		'Copy the node, paste it, and use the copy, which has an ID of its own. Nothing was sent.',
	);
}
