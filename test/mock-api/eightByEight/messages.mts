import { randomUUID } from 'node:crypto';
import type { Context } from 'openapi-backend';
import type { Reply } from '../faults.mts';
import type { SentMessage } from '../messages.mts';
import type { Account, Flow } from './accounts.mts';
import * as errors from './errors.mts';

/** The parts of the validated request body that matter here. */
interface RequestBody {
	user: { msisdn?: string; channelUserId?: string };
	clientMessageId?: string;
	content: {
		interactive?: {
			header?: { text: string };
			body: { text: string };
			footer?: { text: string };
			action: { parameters: FlowParameters };
		};
		template?: { name: string; components: { parameters: TemplateParameter[] }[] };
	};
}

interface FlowParameters {
	flowId: string;
	flowCta: string;
	flowToken?: string;
	mode?: 'draft';
	flowAction?: SentMessage['flowAction'];
	flowActionPayload?: ScreenWithData;
}

interface TemplateParameter {
	text?: string;
	flowActionData?: ScreenWithData;
}

interface ScreenWithData {
	screen?: string;
	data?: object;
}

/** WhatsApp's token for a flow that was sent without one. */
const NO_TOKEN = 'unused';

/** Send message. */
export function sendMessage({ request, security }: Context, messages: SentMessage[]): Reply {
	const account: Account = security['apiKey'];
	const { user, clientMessageId, content } = request.requestBody as RequestBody;
	const { interactive, template } = content;
	const parameters = interactive?.action.parameters;
	const flows = [...account.channels.values()].flat();
	const flow = flows.find(({ id }) => id === parameters?.flowId);
	if (parameters && !canBeSent(flow, parameters.mode)) return errors.invalidParameter;
	const umid = randomUUID();
	messages.push({
		id: umid,
		wamid: '',
		from: String(request.params['subAccountId']),
		to: user.msisdn ?? user.channelUserId!,
		...(interactive ? readInteractive(interactive) : readTemplate(template!)),
		references: {},
		at: Date.now(),
	});
	const status = { state: 'queued', timestamp: new Date().toISOString() };
	return { status: 200, body: { umid, user, ...(clientMessageId && { clientMessageId }), status } };
}

const canBeSent = (flow: Flow | undefined, mode: 'draft' | undefined) =>
	flow?.status === 'PUBLISHED' || (mode === 'draft' && flow?.status === 'DRAFT');

type Interactive = NonNullable<RequestBody['content']['interactive']>;

function readInteractive({ header, body, footer, action: { parameters } }: Interactive) {
	const { screen, data } = parameters.flowActionPayload ?? {};
	return {
		flowId: parameters.flowId,
		flowToken: parameters.flowToken ?? NO_TOKEN,
		flowAction: parameters.flowAction ?? ('navigate' as const),
		screen,
		screenData: data,
		header: header?.text ?? '',
		body: body.text,
		footer: footer?.text ?? '',
		button: parameters.flowCta,
	};
}

function readTemplate({ name, components }: NonNullable<RequestBody['content']['template']>) {
	const all = components.flatMap(({ parameters }) => parameters);
	const { screen, data } = all.find((each) => each.flowActionData)?.flowActionData ?? {};
	const texts = all.flatMap(({ text }) => text ?? []);
	return {
		flowId: undefined,
		flowToken: NO_TOKEN,
		flowAction: 'navigate' as const,
		screen,
		screenData: data,
		header: '',
		body: `Template ${name}: ${texts.join(', ')}`,
		footer: '',
		button: 'Open',
	};
}
