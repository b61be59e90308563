import { createEnvelope, createMessage } from '../test/unit/messages/replies.mts';
import { benchmark, getSpread, round } from './benchmark.mts';
import {
	callWebhook,
	createWebhook,
	createWorkflow,
	PACKAGE,
	rotate,
	SETTINGS,
	waitForExecutions,
	withN8n,
} from './realN8n.mts';

// Many flow replies at once, beside n8n's Webhook node that responds immediately.

const AT_ONCE = 200;
const ROUNDS = 2;
const CREDENTIAL = {
	id: 'kaleyraCallback1',
	name: 'Callback',
	type: 'kaleyraCallbackApi',
	data: { headerName: 'Content-Type', headerValue: 'application/json' },
};
const { id, name } = CREDENTIAL;
const NO_OP = { type: 'n8n-nodes-base.noOp', parameters: {} };

const createReplyTrigger = (path: string, authentication: string) => ({
	type: `${PACKAGE}.kaleyraFlowsReplyTrigger`,
	typeVersion: 1.1,
	webhookId: `webhook-${path}`,
	parameters: { path, authentication },
	credentials: { kaleyraCallbackApi: { id, name } },
});

const WORKFLOWS = [
	createWorkflow('webhook', [createWebhook('webhook', 'onReceived'), NO_OP]),
	createWorkflow('expression', [
		createWebhook('expression', 'onReceived', { ignoreBots: '={{ false }}' }),
		NO_OP,
	]),
	createWorkflow('package', [createReplyTrigger('package', 'none'), NO_OP]),
	createWorkflow('header', [createReplyTrigger('header', 'header'), NO_OP]),
];

let replies = 0;
const createReply = () => createEnvelope([createMessage({ id: `reply ${replies++}` })]);

benchmark('replies', async ({ save }) => {
	const setup = { credentials: [CREDENTIAL], workflows: WORKFLOWS, settings: SETTINGS };
	await withN8n(setup, async (n8n, settings) => {
		const slowest = new Map(WORKFLOWS.map((workflow) => [workflow.id, [] as number[]]));
		for (let round = 0; round <= ROUNDS; round++) {
			for (const workflow of rotate(WORKFLOWS, round)) {
				// A few in the first round, which isn't counted.
				const length = round === 0 ? AT_ONCE / 10 : AT_ONCE;
				const calls = await Promise.all(
					Array.from(
						{ length },
						async () => await callWebhook(n8n.origin, workflow.id, createReply()),
					),
				);
				const durations = calls.map(({ duration }) => duration);
				if (round > 0) slowest.get(workflow.id)!.push(Math.max(...durations));
				await waitForExecutions(n8n);
			}
		}
		const base = getSpread(slowest.get('webhook')!).median;
		for (const [workflow, list] of slowest) {
			save(`${AT_ONCE} replies at once, ${settings}, ${workflow}: slowest response`, {
				milliseconds: getSpread(list),
				'relative to the Webhook node': round(getSpread(list).median / base, 2),
			});
		}
	});
});
