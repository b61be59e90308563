import { createRequire } from 'node:module';
import path from 'node:path';
import type { IRunData } from 'n8n-workflow';
import { vi } from 'vitest';
import { PLAYGROUND } from '../../../playground/install.mjs';
import type { N8n } from '../../../playground/n8n.mjs';

const CHAT_TRIGGER = '@n8n/n8n-nodes-langchain.chatTrigger';
/** n8n ignores approvals by bots. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36';

/** Sends a message in the editor's chat. @returns the ID of the execution that it starts */
export async function sendChatMessage(
	n8n: N8n,
	workflowId: string,
	chatInput: string,
): Promise<string> {
	const { nodes } = await n8n.rest('GET', `/workflows/${workflowId}`);
	const { name } = nodes.find(({ type }: { type: string }) => type === CHAT_TRIGGER);
	const json = { sessionId: chatInput, action: 'sendMessage', chatInput };
	const times = { startTime: Date.now(), executionTime: 0, executionIndex: 0 };
	const data = { ...times, source: [], data: { main: [[{ json }]] } };
	const run = { triggerToStartFrom: { name, data }, chatSessionId: chatInput };
	const { executionId } = await n8n.rest('POST', `/workflows/${workflowId}/run`, run);
	return executionId;
}

/** Waits until a node has sent a message to the chat. @returns the message */
export async function waitForChatMessage(
	n8n: N8n,
	executionId: string,
	node: string,
): Promise<unknown> {
	const flatted = createRequire(path.join(PLAYGROUND, 'package.json'))('flatted');
	return await vi.waitFor(
		async () => {
			const execution = await n8n.rest('GET', `/executions/${executionId}`);
			const { resultData } = flatted.parse(execution.data) as { resultData: { runData: IRunData } };
			const outputs = Object.values(resultData.runData[node]?.[0]?.data ?? {});
			const message = outputs[0]?.[0]?.[0]?.sendMessage;
			if (message === undefined) throw new Error(`${node} sent no message`);
			return message;
		},
		{ timeout: 15_000, interval: 200 },
	);
}

/** Clicks a button of an approval. */
export async function clickButton(message: unknown, text: string): Promise<void> {
	const { buttons } = message as { buttons: { text: string; link: string }[] };
	const { link } = buttons.find((button) => button.text === text)!;
	await fetch(link, { headers: { 'user-agent': BROWSER } });
}
