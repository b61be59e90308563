import type { INodeProperties } from 'n8n-workflow';
import type { AwaitedReply } from '../../../kaleyra/awaitedReply';
import { awaitedReplyParameter } from '../../../kaleyra/awaitedReply';
import { InvalidInputError } from '../../../shared/errors';
import type { OperationContext } from '../../../shared/node/operations';
import { limitWaitTimeOption, parseWaitLimit } from '../../../shared/node/waiting';
import { createResumeToken } from '../../../shared/whatsappFlows/flowToken';
import type { MessageOperation } from '../operation';
import { flowMessageOptions, flowMessageParameters, sendFlowMessage } from './flowMessage';
import { assertSentOnce, createSendOutput } from './output';

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
export const sendAndWait: MessageOperation = {
	name: 'Send Flow and Wait for Reply',
	value: SEND_AND_WAIT,
	action: 'Send flow message and wait for reply',
	description: 'Send a message with a button that opens a flow, and continue with the reply',
	writes: true,
	parameters: [
		replyTriggerNotice,
		...flowMessageParameters,
		awaitedReplyParameter,
		// ref leads the reply back.
		flowMessageOptions([limitWaitTimeOption], ['ref']),
	],
	async execute(context) {
		assertSentOnce(context);
		assertCanWait(context);
		const { getParameter, waiting } = context;
		const limit = parseWaitLimit(getParameter);
		const resumeToken = createToken(waiting.createSignedResumeUrl());
		const sent = await sendFlowMessage(context, resumeToken);
		const awaited: AwaitedReply = {
			timed_out: true,
			message_id: sent.accepted.messageId,
			to: sent.to,
			flow_id: sent.flowId,
			flow_token: sent.flowToken,
			ref: resumeToken,
		};
		await waiting.start(limit, awaited);
		return [createSendOutput(sent, sent.accepted)];
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
