import { element, formatTime } from './element.js';

/** The times of the requests whose body is shown. */
const open = new Set();

export function render(container, requests, act) {
	container.replaceChildren(
		element(
			'div',
			{ className: 'heading' },
			element('h2', {}, 'Requests'),
			element('button', { onclick: () => act('clear') }, 'Clear'),
		),
		element(
			'p',
			{ className: 'empty' },
			requests.length > 0 ? 'Newest first, without headers.' : 'No requests.',
		),
		element('ol', {}, ...requests.map(renderRequest).reverse()),
	);
}

function renderRequest(request) {
	const summary = renderSummary(request);
	if (!request.body) return element('li', {}, element('div', { className: 'request' }, ...summary));
	const details = element(
		'details',
		{ open: open.has(request.at) },
		element('summary', { className: 'request' }, ...summary),
		element('pre', {}, request.body),
	);
	details.ontoggle = () => open[details.open ? 'add' : 'delete'](request.at);
	return element('li', {}, details);
}

function renderSummary({ at, title, method, target, status }) {
	const className = `badge ${status < 400 ? 'PUBLISHED' : 'BLOCKED'}`;
	return [
		element('time', {}, formatTime(at)),
		element('span', { className: status ? className : 'badge' }, String(status ?? '…')),
		element('strong', {}, title ?? 'Unknown operation'),
		element('code', {}, `${method} ${target}`),
	];
}
