import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../../errors';
import type { GetParameter } from '../../node/parameters';
import { isBlank, trimText } from '../../node/parameters';

/** The texts of a flow message, with Meta's limits in characters. The limit of the button is Meta's advice. */
const TEXTS = {
	bodyText: { name: 'Body Text', max: 1_024 },
	buttonText: { name: 'Button Text', max: 30 },
	header: { name: 'Header', max: 60 },
	footer: { name: 'Footer', max: 60 },
};

export const bodyTextParameter: INodeProperties = {
	displayName: TEXTS.bodyText.name,
	name: 'bodyText',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	required: true,
	placeholder: 'e.g. Please choose a date for your appointment.',
	description: 'The text of the message, up to 1,024 characters',
};

export const buttonTextParameter: INodeProperties = {
	displayName: TEXTS.buttonText.name,
	name: 'buttonText',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Choose a date',
	description: 'The button that opens the flow: up to 30 characters, no emoji',
};

export const headerAndFooterOptions: INodeProperties[] = [
	{
		displayName: TEXTS.footer.name,
		name: 'footer',
		type: 'string',
		default: '',
		description: 'Small text below the message, up to 60 characters',
	},
	{
		displayName: TEXTS.header.name,
		name: 'header',
		type: 'string',
		default: '',
		description: 'Title above the message, up to 60 characters',
	},
];

const EMOJI = /\p{Extended_Pictographic}/u;

/** @throws {InvalidInputError} if a text is missing or too long */
export function parseMessageTexts(getParameter: GetParameter) {
	const buttonText = parseText(getParameter('buttonText'), 'buttonText');
	if (EMOJI.test(buttonText)) {
		throw new InvalidInputError("'Button Text' contains an emoji", 'Use letters and digits only.');
	}
	return {
		bodyText: parseText(getParameter('bodyText'), 'bodyText'),
		buttonText,
		header: parseOptionalText(getParameter('options.header', ''), 'header'),
		footer: parseOptionalText(getParameter('options.footer', ''), 'footer'),
	};
}

const parseOptionalText = (value: unknown, key: keyof typeof TEXTS) =>
	isBlank(value) ? undefined : parseText(value, key);

function parseText(value: unknown, key: keyof typeof TEXTS): string {
	const { name, max } = TEXTS[key];
	const text = trimText(value);
	if (text === '') {
		throw new InvalidInputError(`'${name}' is empty`, `Enter a text of up to ${max} characters.`);
	}
	const { length } = [...text];
	if (length <= max) return text;
	throw new InvalidInputError(
		`'${name}' has ${length} characters, and the limit is ${max}`,
		'Shorten the text.',
	);
}
