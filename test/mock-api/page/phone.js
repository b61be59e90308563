// The customer's phone: the messages that the provider accepted, their flows, and the replies.
import { element, formatTime } from './element.js';
import { findFirstScreen, renderScreen } from './screens.js';

/** Open flows by message ID; they keep what was entered when the page refreshes. */
const openFlows = new Map();
const DELIVERIES = [
	{ value: 'once', title: 'once', times: 1, delay: 0 },
	{ value: 'twice', title: 'twice, as a repeated delivery', times: 2, delay: 0 },
	{ value: 'late', title: 'late, after 30 seconds', times: 1, delay: 30 },
];
let chosen = DELIVERIES[0].value;
/** The number of entries that the log shows. */
let shownEntries = 0;

export function render(container, { incomingUrl, messages, deliveries }, act) {
	// A text field that has the focus keeps it, and its text.
	if (container.querySelector('.settings input:focus, .compose input:focus')) return false;
	const log = element('div', { className: 'log', role: 'log' });
	for (const message of messages) {
		log.append(renderMessage(message, incomingUrl, act));
		for (const delivery of deliveries.filter(({ messageId }) => messageId === message.id)) {
			log.append(renderDelivery(delivery));
		}
	}
	log.append(...deliveries.filter(({ messageId }) => !messageId).map(renderDelivery));
	if (messages.length === 0) {
		log.append(
			element('p', { className: 'empty' }, 'No messages. Send one with the operation Send Flow.'),
		);
	}
	container.replaceChildren(
		element(
			'div',
			{ className: 'heading' },
			element('h2', {}, 'Phone'),
			element('button', { onclick: () => act('clear') }, 'Clear'),
		),
		renderSettings(incomingUrl, act),
		log,
		renderCompose(messages.length > 0 && incomingUrl !== '', act),
	);
	const entries = messages.length + deliveries.length;
	if (entries !== shownEntries) log.scrollTop = log.scrollHeight;
	shownEntries = entries;
	return true;
}

function renderSettings(incomingUrl, act) {
	const input = element('input', {
		type: 'url',
		value: incomingUrl,
		placeholder: 'http://localhost:5678/webhook/…',
		onchange: () => {
			input.blur();
			void act('setIncomingUrl', input.value.trim());
		},
	});
	const select = element(
		'select',
		{ onchange: () => ((chosen = select.value), select.blur()) },
		...DELIVERIES.map(({ value, title }) =>
			element('option', { value, selected: value === chosen }, title),
		),
	);
	return element(
		'div',
		{ className: 'settings' },
		element('label', {}, 'Incoming URL of the number: the URL of the reply trigger', input),
		element('label', {}, 'Post the reply', select),
	);
}

function renderMessage(message, incomingUrl, act) {
	const { id, to, header, body, footer, button, flow, at } = message;
	const article = element(
		'article',
		{ className: 'incoming' },
		element('strong', {}, to),
		element('time', {}, formatTime(at)),
		header ? element('h4', {}, header) : undefined,
		element('p', {}, body),
		footer ? element('small', {}, footer) : undefined,
	);
	const open = () => {
		openFlows.set(id, openFlow(message, act));
		article.querySelector('.flow-button')?.remove();
		article.append(openFlows.get(id));
	};
	if (openFlows.has(id)) article.append(openFlows.get(id));
	else if (!flow)
		article.append(element('p', { className: 'empty' }, 'The template names the flow.'));
	else {
		const ready = incomingUrl !== '';
		const title = ready ? `Open ${flow.name}` : 'Enter the Incoming URL first';
		const properties = { className: 'flow-button', disabled: !ready, title, onclick: open };
		article.append(element('button', properties, button));
	}
	return article;
}

/** Shows the flow's screens one after the other. */
function openFlow({ id, flow, screen, screenData }, act) {
	const frame = element('div', { className: 'flow-frame' });
	const json = JSON.parse(flow.json);
	const show = (visit) => frame.replaceChildren(renderScreen(json, visit, actions));
	const actions = {
		navigate: show,
		complete: (fields) => {
			const { times, delay } = DELIVERIES.find(({ value }) => value === chosen);
			frame.replaceChildren(element('p', { className: 'empty' }, 'Completed.'));
			setTimeout(() => openFlows.delete(id), 1_000);
			void act('reply', JSON.stringify({ messageId: id, fields, times, delay }));
		},
		dataExchange: () =>
			frame.append(element('p', { className: 'error' }, 'This screen needs the flow’s endpoint.')),
	};
	show({ screenId: screen ?? findFirstScreen(json), data: screenData ?? {}, forms: {} });
	return frame;
}

const renderDelivery = ({ text, result, at }) =>
	element(
		'article',
		{ className: 'outgoing' },
		element('time', {}, formatTime(at)),
		element('span', { className: `badge ${result === '200' ? 'PUBLISHED' : 'BLOCKED'}` }, result),
		element('p', {}, text),
	);

function renderCompose(enabled, act) {
	const input = element('input', { placeholder: 'Another message', disabled: !enabled });
	const form = element(
		'form',
		{ className: 'compose' },
		input,
		element('button', { disabled: !enabled }, 'Send'),
	);
	form.onsubmit = (event) => {
		event.preventDefault();
		const text = input.value.trim();
		input.blur();
		if (text) void act('sendText', text);
	};
	return form;
}
