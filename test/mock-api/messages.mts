import { randomUUID } from 'node:crypto';
import type { Context } from 'openapi-backend';
import type { Account, Flow } from './accounts.mts';
import * as errors from './errors.mts';
import type { Reply } from './faults.mts';

/** A message that the mock API accepted. */
export interface SentMessage {
	/** Kaleyra's ID. */
	id: string;
	/** WhatsApp's ID, which a reply refers to. */
	wamid: string;
	from: string;
	to: string;
	/** Undefined for a template, which determines the flow itself. */
	flowId: string | undefined;
	flowToken: string;
	/** The screen to open, and its data. */
	screen: string | undefined;
	screenData: object | undefined;
	header: string;
	body: string;
	footer: string;
	button: string;
	references: Record<string, string>;
	/** Milliseconds since 1970. */
	at: number;
}

/** The parts of the validated request body that matter here. */
interface RequestBody {
	messaging_object: {
		to: string;
		interactive?: {
			header?: { text: string };
			body: { text: string };
			footer?: { text: string };
			action: { parameters: FlowParameters };
		};
		template?: { name: string; components: Component[] };
	};
	extra_info?: Record<string, string>;
}

interface FlowParameters {
	flow_id: string;
	flow_token: string;
	flow_cta: string;
	mode: 'draft' | 'published';
	flow_action_payload?: { screen?: string; data?: object };
}

interface Component {
	type: string;
	parameters: {
		text?: string;
		action?: { flow_token: string; flow_action_data?: object };
	}[];
}

/** Send Flow Messages and Send Flow Template Messages. */
export function sendMessage(
	{ request }: Context,
	account: Account,
	messages: SentMessage[],
): Reply {
	const from = decodeURIComponent(String(request.params['phone_number']));
	if (from !== account.phoneNumber) return errors.notConfigured;
	const { messaging_object: message, extra_info: references = {} } =
		request.requestBody as RequestBody;
	const content = message.interactive
		? readInteractive(message.interactive)
		: readTemplate(message.template!);
	const parameters = message.interactive?.action.parameters;
	const flows = [...account.wabas.values()].flat();
	const flow = flows.find(({ id }) => id === parameters?.flow_id);
	if (parameters && !canBeSent(flow, parameters.mode)) return errors.incorrectPayload;
	const id = randomUUID();
	const wamid = `wamid.${Buffer.from(id).toString('base64')}`;
	messages.push({ id, wamid, from, to: message.to, ...content, references, at: Date.now() });
	return {
		status: 200,
		body: {
			code: 'WA200',
			message: 'Request Processed Successfully',
			data: { message_id: id },
			error: {},
		},
	};
}

function canBeSent(flow: Flow | undefined, mode: 'draft' | 'published'): boolean {
	const sendable = ['PUBLISHED', 'THROTTLED'];
	const statuses = mode === 'draft' ? ['DRAFT', ...sendable] : sendable;
	return flow !== undefined && statuses.includes(flow.status);
}

type Interactive = NonNullable<RequestBody['messaging_object']['interactive']>;

function readInteractive({ header, body, footer, action: { parameters } }: Interactive) {
	const { screen, data } = parameters.flow_action_payload ?? {};
	return {
		flowId: parameters.flow_id,
		flowToken: parameters.flow_token,
		screen,
		screenData: data,
		header: header?.text ?? '',
		body: body.text,
		footer: footer?.text ?? '',
		button: parameters.flow_cta,
	};
}

function readTemplate({ name, components }: { name: string; components: Component[] }) {
	const texts = components.flatMap(({ parameters }) => parameters.map(({ text }) => text ?? []));
	const action = components
		.flatMap(({ parameters }) => parameters)
		.find((parameter) => parameter.action)!.action!;
	return {
		flowId: undefined,
		flowToken: action.flow_token,
		screen: undefined,
		screenData: action.flow_action_data,
		header: '',
		body: `Template ${name}: ${texts.flat().join(', ')}`,
		footer: '',
		button: 'Open',
	};
}
