import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../../errors';
import type { GetParameter } from '../../node/parameters';
import { isBlank } from '../../node/parameters';
import type { FlowAction, FlowMode } from '../flowMessage';
import { parseScreenData } from './messageOptions';

/** Options for how a message's button opens the flow. */

export const flowActionOption: INodeProperties = {
	displayName: 'Flow Action',
	name: 'flowAction',
	type: 'options',
	options: [
		{
			name: 'Data Exchange',
			value: 'data_exchange',
			description: "The flow's endpoint returns the first screen",
		},
		{ name: 'Navigate', value: 'navigate', description: 'Open a screen of the flow' },
	],
	default: 'navigate',
	description: 'What happens when the customer opens the flow',
};

export const modeOption: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	options: [
		{
			name: 'Draft',
			value: 'draft',
			description: 'For tests: the draft of the flow. WhatsApp shows no header, body, and footer.',
		},
		{ name: 'Published', value: 'published' },
	],
	default: 'published',
	description: 'Which version of the flow to send',
};

export const screenOption: INodeProperties = {
	displayName: 'Screen',
	name: 'screen',
	type: 'string',
	default: '',
	placeholder: 'e.g. APPOINTMENT',
	description: 'The ID of the screen to open. Leave empty for the first one of the flow.',
};

const FLOW_ACTIONS: readonly FlowAction[] = ['navigate', 'data_exchange'];
const MODES: readonly FlowMode[] = ['published', 'draft'];

/** @throws {InvalidInputError} if the options contradict each other */
export function parseFlowOpening(getParameter: GetParameter) {
	const flowAction = parseChoice(getParameter('options.flowAction', 'navigate'), FLOW_ACTIONS);
	const mode = parseChoice(getParameter('options.mode', 'published'), MODES);
	if (!flowAction) throw createChoiceError('Flow Action', FLOW_ACTIONS);
	if (!mode) throw createChoiceError('Mode', MODES);
	const { screen, screenData } = parseScreen(getParameter);
	if (flowAction === 'data_exchange' && (screen !== undefined || screenData !== undefined)) {
		throw new InvalidInputError(
			"'Screen' and 'Screen Data' can't be combined with the flow action Data Exchange",
			"The flow's endpoint returns the first screen and its data. Remove these options, or select Navigate.",
		);
	}
	return { flowAction, mode, screen, screenData };
}

/** The screen to open, and its data. */
export function parseScreen(getParameter: GetParameter) {
	const screen = getParameter('options.screen', '');
	return {
		screen: isBlank(screen) ? undefined : String(screen).trim(),
		screenData: parseScreenData(getParameter),
	};
}

const parseChoice = <TChoice extends string>(value: unknown, choices: readonly TChoice[]) =>
	choices.find((choice) => choice === value);

const createChoiceError = (name: string, choices: readonly string[]) =>
	new InvalidInputError(`'${name}' must be ${choices.join(' or ')}`, 'Select one of them.');
