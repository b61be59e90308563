import { element, formatTime } from './element.js';

export function render(container, messages, act) {
	const log = element('div', { className: 'log', role: 'log' }, ...messages.map(renderMessage));
	if (messages.length === 0) log.append(renderEmpty());
	container.replaceChildren(
		element(
			'div',
			{ className: 'heading' },
			element('h2', {}, 'Chat'),
			element('button', { onclick: () => act('clear') }, 'Clear'),
		),
		log,
	);
	log.scrollTop = log.scrollHeight;
}

function renderMessage({ channel, text, at }) {
	return element(
		'article',
		{},
		element('strong', {}, `#${channel}`),
		element('time', {}, formatTime(at)),
		element('p', {}, text),
	);
}

const renderEmpty = () =>
	element(
		'p',
		{ className: 'empty' },
		'No messages. Workflows post ',
		element('code', {}, '{ "text": "…" }'),
		' to ',
		element('code', {}, `${location.origin}/chat/any-channel`),
		', as to the incoming webhook of a real chat.',
	);
