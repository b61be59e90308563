/** Flow JSON of flows with an endpoint, for the phone. Source: Meta, Flow JSON 7.1 and data API 3.0. */

const text = (example: string) => ({ type: 'string', __example__: example });
const choices = (...titles: string[]) => ({
	type: 'array',
	items: { type: 'object', properties: { id: { type: 'string' }, title: { type: 'string' } } },
	__example__: titles.map((title) => ({ id: title, title })),
});

const createScreen = (
	id: string,
	title: string,
	data: object,
	children: object[],
	label: string,
	payload: object,
) => ({
	id,
	title,
	data,
	refresh_on_back: true,
	layout: {
		type: 'SingleColumnLayout',
		children: [
			{
				type: 'Form',
				name: 'form',
				children: [
					...children,
					{ type: 'Footer', label, 'on-click-action': { name: 'data_exchange', payload } },
				],
			},
		],
	},
});

const CHOSEN = { date: '${data.date}', service: '${data.service}' };

const BOOKING = {
	version: '7.1',
	data_api_version: '3.0',
	routing_model: { DATE: ['SLOT'], SLOT: ['CONFIRM'], CONFIRM: [] },
	screens: [
		createScreen(
			'DATE',
			'Appointment',
			{
				services: choices('Check-up'),
				min_date: text('2026-12-01'),
				max_date: text('2026-12-31'),
				customer: text('Asha'),
			},
			[
				{ type: 'TextHeading', text: 'Book an appointment' },
				{ type: 'TextBody', text: 'Hello ${data.customer}, what can we do for you?' },
				{
					type: 'RadioButtonsGroup',
					name: 'service',
					label: 'Service',
					required: true,
					'data-source': '${data.services}',
				},
				{
					type: 'DatePicker',
					name: 'date',
					label: 'Date',
					required: true,
					'min-date': '${data.min_date}',
					'max-date': '${data.max_date}',
				},
			],
			'Show free slots',
			{ date: '${form.date}', service: '${form.service}' },
		),
		createScreen(
			'SLOT',
			'Free slots',
			{ slots: choices('09:00'), date: text('2026-12-01'), service: text('checkup') },
			[
				{ type: 'TextSubheading', text: '${data.date}' },
				{
					type: 'Dropdown',
					name: 'slot',
					label: 'Time',
					required: true,
					'data-source': '${data.slots}',
				},
			],
			'Continue',
			{ ...CHOSEN, slot: '${form.slot}' },
		),
		createScreen(
			'CONFIRM',
			'Summary',
			{
				summary: text('checkup on 2026-12-01 at 09:00'),
				date: text('2026-12-01'),
				service: text('checkup'),
				slot: text('09:00'),
			},
			[
				{ type: 'TextHeading', text: 'Is this right?' },
				{ type: 'TextBody', text: '${data.summary}' },
				{ type: 'OptIn', name: 'reminder', label: 'Remind me the day before' },
			],
			'Book',
			{ ...CHOSEN, slot: '${data.slot}', reminder: '${form.reminder}' },
		),
	],
};

const ORDER = {
	version: '7.1',
	data_api_version: '3.0',
	routing_model: { ORDER: ['STATUS'], STATUS: [] },
	screens: [
		createScreen(
			'ORDER',
			'Your order',
			{},
			[
				{ type: 'TextHeading', text: 'Track your order' },
				{ type: 'TextInput', name: 'order_number', label: 'Order number', required: true },
			],
			'Track',
			{ order_number: '${form.order_number}' },
		),
		createScreen(
			'STATUS',
			'Your order',
			{ order_number: text('1001'), status: text('Delivered') },
			[
				{ type: 'TextHeading', text: 'Order ${data.order_number}' },
				{ type: 'TextBody', text: '${data.status}' },
			],
			'Done',
			{ order_number: '${data.order_number}' },
		),
	],
};

export const createEndpointFlowJson = (name: string): string =>
	JSON.stringify(/order/i.test(name) ? ORDER : BOOKING);
