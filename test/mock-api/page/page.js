// Polls what the sections of the mock API show, and renders those that changed. To add a section, add its file here.
import * as chat from './chat.js';
import { element } from './element.js';
import * as flows from './flows.js';
import * as phone from './phone.js';
import * as requests from './requests.js';

const SECTIONS = { flows, chat, phone, requests };
const POLL_INTERVAL_MS = 1_000;

/** The JSON that each section shows. */
const shown = new Map();

async function refresh() {
	const page = await fetch('/__page/state').then(
		async (response) => await response.json(),
		() => undefined,
	);
	document.querySelector('#offline').hidden = page !== undefined;
	if (!page) return;
	document.title = page.title;
	document.querySelector('h1').textContent = page.title;
	for (const [name, { render }] of Object.entries(SECTIONS)) {
		const json = JSON.stringify(page.sections[name]);
		// Not every mock API has every section.
		if (shown.get(name) === json) continue;
		const act = async (action, body = '') => {
			await fetch(`/__page/${name}/${action}`, { method: 'POST', body });
			await refresh();
		};
		// A section that isn't rendered now, because a field in it has the focus, is rendered later.
		if (render(getContainer(name), page.sections[name], act) !== false) shown.set(name, json);
	}
}

function getContainer(id) {
	const existing = document.getElementById(id);
	if (existing) return existing;
	const created = element('section', { id });
	document.querySelector('main').append(created);
	return created;
}

for (;;) {
	if (!document.hidden) await refresh();
	await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
}
