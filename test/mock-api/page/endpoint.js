// A flow whose endpoint returns the screens, as WhatsApp plays it. Each request and response is shown decrypted.
import { element } from './element.js';
import { renderScreen } from './screens.js';
import { callEndpoint } from './whatsAppEndpointClient.mjs';

const TIMEOUT_MS = 10_000;
const SUCCESS = 'SUCCESS';
const GENERIC_ERROR = 'Something went wrong. Please try again later.';

/**
 * Opens the flow of a message.
 *
 * @param complete called with the params of the reply
 */
export function openEndpointFlow(message, complete) {
	const { flow, flowToken, publicKey } = message;
	const json = JSON.parse(flow.endpointJson);
	const content = element('div', { className: 'content' });
	const log = element('div', { className: 'exchanges' });
	const visits = [];

	/** Sends a request and shows what comes back. */
	const request = async (action, screen = '', data = {}) => {
		setBusy(true);
		const payload = { version: json.data_api_version, action, screen, data, flow_token: flowToken };
		const outcome = await exchange(payload);
		setBusy(false);
		if (outcome.error !== undefined) return await fail(screen, outcome.error);
		const { status, response } = outcome;
		if (status === 427) return finish(String(response?.error_msg ?? GENERIC_ERROR));
		if (status !== 200) return showError(GENERIC_ERROR);
		if (response === undefined) return await fail(screen, 'response-decryption-error');
		return show(response);
	};

	const exchange = async (payload) => {
		const entry = element('details', {}, element('summary', {}, describe(payload)));
		for (const earlier of log.children) earlier.open = false;
		entry.open = true;
		log.append(entry);
		const report = (title, value) =>
			entry.append(element('h6', {}, title), element('pre', {}, JSON.stringify(value, null, 2)));
		report('Request', payload);
		if (!publicKey) return { error: 'public-key-missing' };
		if (!flow.endpointUri) return { error: 'The flow has no endpoint URI' };
		const signal = AbortSignal.timeout(TIMEOUT_MS);
		const options = { getPublicKey: () => publicKey, signal };
		try {
			const outcome = await callEndpoint(toLocalUrl(flow.endpointUri), payload, options);
			entry.firstChild.append(element('span', { className: 'badge' }, String(outcome.status)));
			report('Response', outcome.response ?? '(not encrypted)');
			return outcome;
		} catch {
			return { error: signal.aborted ? 'timeout_error' : 'no_http_response_error' };
		}
	};

	/** WhatsApp shows a generic error, and reports it to the endpoint. */
	const fail = async (screen, error) => {
		showError(`${GENERIC_ERROR} (${error})`);
		if (!publicKey || !flow.endpointUri) return;
		await exchange({
			version: json.data_api_version,
			action: 'data_exchange',
			screen,
			data: { error, error_message: GENERIC_ERROR },
			flow_token: flowToken,
		});
	};

	const show = ({ screen, data = {} }) => {
		if (screen === SUCCESS) {
			complete(data.extension_message_response?.params ?? {});
			return finish('Completed.');
		}
		const current = visits.at(-1);
		if (data.error_message !== undefined && current?.screenId === screen) {
			return showError(String(data.error_message));
		}
		if (!json.screens.some(({ id }) => id === screen))
			return fail(screen, 'invalid-screen-transition');
		const earlier = visits.findIndex(({ screenId }) => screenId === screen);
		if (earlier >= 0) visits.length = earlier;
		visits.push({ screenId: screen, data, forms: current?.forms ?? {} });
		return render();
	};

	const render = () => {
		const visit = visits.at(-1);
		const form = renderScreen(json, visit, {
			navigate: (next) => {
				visits.push(next);
				render();
			},
			complete: (params) => {
				complete(params);
				finish('Completed.');
			},
			dataExchange: (data, forms) => {
				visit.forms = forms;
				void request('data_exchange', visit.screenId, data);
			},
		});
		const back = element('button', { onclick: goBack }, '‹ Back');
		content.replaceChildren(...(visits.length > 1 ? [back] : []), form);
	};

	const goBack = () => {
		const { screenId } = visits.at(-1);
		const { refresh_on_back: refresh } = json.screens.find(({ id }) => id === screenId);
		if (refresh) return void request('BACK', screenId);
		visits.pop();
		return render();
	};

	const showError = (text) => {
		content.querySelector('.error')?.remove();
		content.append(element('p', { className: 'error', role: 'alert' }, text));
	};

	const finish = (text) => {
		visits.length = 0;
		content.replaceChildren(
			element('p', { className: 'empty' }, text),
			element('button', { onclick: () => void request('INIT') }, 'Open again'),
		);
	};

	const setBusy = (busy) => {
		content.querySelector('.error')?.remove();
		for (const button of content.querySelectorAll('button')) button.disabled = busy;
	};

	void request('INIT');
	return element('div', { className: 'flow-frame with-exchanges' }, content, log);
}

const describe = ({ action, screen, data }) =>
	[action, screen, data.error].filter(Boolean).join(' ') + ' ';

/** n8n on this machine has no certificate. */
const toLocalUrl = (uri) => uri.replace(/^https:\/\/(localhost|127\.0\.0\.1)(?=[:/])/, 'http://$1');
