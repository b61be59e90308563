/** Flow JSON of the initial flows, for the phone. Source: Meta, Flow JSON 7.1. */

const complete = (payload: object) => ({ name: 'complete', payload });
const navigate = (screen: string, payload: object) => ({
	name: 'navigate',
	next: { type: 'screen', name: screen },
	payload,
});
const footer = (label: string, action: object) => ({
	type: 'Footer',
	label,
	'on-click-action': action,
});
const form = (children: object[]) => ({ type: 'Form', name: 'form', children });
const screen = (id: string, title: string, children: object[], more: object = {}) => ({
	id,
	title,
	layout: { type: 'SingleColumnLayout', children },
	...more,
});
const options = (...titles: string[]) =>
	titles.map((title) => ({ id: title.toLowerCase().replaceAll(' ', '_'), title }));

const APPOINTMENT = [
	screen('APPOINTMENT', 'Appointment', [
		form([
			{ type: 'TextHeading', text: 'Book an appointment' },
			{ type: 'TextBody', text: 'We are open Monday to Saturday.' },
			{ type: 'DatePicker', name: 'date', label: 'Date', required: true },
			{
				type: 'Dropdown',
				name: 'time',
				label: 'Time',
				required: true,
				'data-source': options('Morning', 'Afternoon', 'Evening'),
			},
			footer('Continue', navigate('CONTACT', { date: '${form.date}', time: '${form.time}' })),
		]),
	]),
	screen(
		'CONTACT',
		'Your details',
		[
			form([
				{ type: 'TextSubheading', text: '${data.date}' },
				{ type: 'TextCaption', text: 'We confirm your appointment in this chat.' },
				{ type: 'TextInput', name: 'name', label: 'Name', 'input-type': 'text', required: true },
				{ type: 'TextInput', name: 'email', label: 'Email', 'input-type': 'email' },
				{ type: 'TextArea', name: 'note', label: 'Anything we should know?' },
				{ type: 'OptIn', name: 'reminder', label: 'Remind me the day before' },
				footer(
					'Book',
					complete({
						date: '${data.date}',
						time: '${data.time}',
						name: '${form.name}',
						email: '${form.email}',
						note: '${form.note}',
						reminder: '${form.reminder}',
					}),
				),
			]),
		],
		{
			terminal: true,
			data: {
				date: { type: 'string', __example__: '2026-12-01' },
				time: { type: 'string', __example__: 'morning' },
			},
		},
	),
];

const SURVEY = [
	screen(
		'SURVEY',
		'Survey',
		[
			form([
				{ type: 'TextHeading', text: 'How was your order?' },
				{
					type: 'RadioButtonsGroup',
					name: 'rating',
					label: 'Rating',
					required: true,
					'data-source': options('Great', 'Fine', 'Poor'),
				},
				{
					type: 'CheckboxGroup',
					name: 'liked',
					label: 'What did you like?',
					'data-source': options('Price', 'Quality', 'Delivery'),
				},
				{ type: 'TextArea', name: 'comment', label: 'Comment' },
				footer(
					'Send',
					complete({
						rating: '${form.rating}',
						liked: '${form.liked}',
						comment: '${form.comment}',
					}),
				),
			]),
		],
		{ terminal: true },
	),
];

const DEFAULT = (name: string) => [
	screen(
		'WELCOME',
		name,
		[
			form([
				{ type: 'TextInput', name: 'name', label: 'Name', 'input-type': 'text', required: true },
				footer('Done', complete({ name: '${form.name}' })),
			]),
		],
		{ terminal: true },
	),
];

const SCREENS: Record<string, object[]> = {
	'Book an appointment': APPOINTMENT,
	'Customer survey': SURVEY,
};

export const createSampleFlowJson = (name: string): string =>
	JSON.stringify({ version: '7.1', screens: SCREENS[name] ?? DEFAULT(name) }, null, 2);
