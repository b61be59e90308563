import type { IDataObject } from 'n8n-workflow';
import { InvalidInputError } from '../../errors';
import type { OperationContext } from '../../node/operations';
import { parseWaitLimit } from '../../node/waiting';
import { createResumeToken } from '../flowToken';
import type { AwaitedReply } from './awaitedReply';
import type { AcceptedMessage } from './sendOutput';
import { assertSentOnce, createSendOutput } from './sendOutput';

/** n8n accepts a signed resume URL only from a node whose operation has exactly this value. */
export const SEND_AND_WAIT = 'sendAndWait';

interface SentMessage {
	to: string;
	flowId: string;
	flowToken: string;
	/** The token that leads the reply back, if that isn't the flow token. */
	ref?: string;
	accepted: AcceptedMessage;
}

/**
 * Sends a flow, and puts the execution to wait for the reply.
 *
 * @param send sends it with a token that leads the reply back
 * @throws {InvalidInputError} before anything is sent, if the execution can't wait
 */
export async function sendAndWaitForReply(
	context: Pick<OperationContext<unknown>, 'getParameter' | 'isTool' | 'retriesOnFail' | 'waiting'>,
	send: (resumeToken: string) => Promise<SentMessage>,
): Promise<IDataObject[]> {
	assertSentOnce(context);
	assertCanWait(context);
	const { getParameter, waiting } = context;
	const limit = parseWaitLimit(getParameter);
	const sent = await send(createToken(waiting.createSignedResumeUrl()));
	const awaited: AwaitedReply = {
		timed_out: true,
		message_id: sent.accepted.messageId,
		to: sent.to,
		flow_id: sent.flowId,
		flow_token: sent.flowToken,
		...(sent.ref !== undefined && { ref: sent.ref }),
	};
	await waiting.start(limit, awaited);
	return [createSendOutput(sent, sent.accepted)];
}

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
