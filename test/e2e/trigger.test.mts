import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readExamples } from '../../playground/examples.mjs';
import { freePort, N8n, pack } from '../../playground/n8n.mjs';
import type { Flow } from '../mock-api/accounts.mts';
import { flow } from '../mock-api/accounts.mts';
import * as errors from '../mock-api/errors.mts';
import type { Scripted } from '../mock-api/KaleyraMock.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';

// Runs the trigger in active workflows of a real n8n, which polls every minute. Each workflow watches its own
// WABA, and each WABA's list fails in its own way in the third poll.

const FAULTS: Record<string, (page: number) => Scripted | undefined> = {
	'a rate limit': () => ({ status: 429, headers: { 'retry-after': '600' } }),
	'a server error': () => ({ status: 500 }),
	'a dropped connection': () => ({ fault: 'reset' }),
	'an incomplete list': (page) => (page > 0 ? { fault: 'cut', applyFirst: true } : undefined),
	'a wrong API key': () => errors.incorrectKey,
};
const FAULT_NAMES = Object.keys(FAULTS);
const getWabaId = (fault: string) => String(200_000_000_000_000 + FAULT_NAMES.indexOf(fault));
const OWNER = { email: 'owner@example.com', password: 'Playground1' };
/** The shortest interval that n8n allows. */
const EVERY_MINUTE = { item: [{ mode: 'everyMinute' }] };
/** Enough for the next poll and its retries. */
const NEXT_POLL = { timeout: 90_000, interval: 250 };

let folder: string;
let mockApi: KaleyraMock;
let n8n: N8n;
let faultsEnabled = false;

/** What the workflows posted by WABA ID: events such as `statusChanged 1 PUBLISHED>BLOCKED`. */
const messages = new Map<string, string[]>();

/** Reads the example of the trigger and lets it poll every minute. */
async function readTriggerExample() {
	const urls = { kaleyra: mockApi.origin, eightByEight: '' };
	const examples = await readExamples(urls);
	const example = examples.find(({ id }) => id === 'alert-on-trouble')!;
	for (const { parameters } of example.nodes)
		if (parameters.pollTimes) parameters.pollTimes = EVERY_MINUTE;
	return example;
}

const chatServer = createServer((request, response) => {
	void (async () => {
		let body = '';
		for await (const chunk of request) body += chunk;
		const { event, flow: changed, previous } = JSON.parse(body);
		const channel = request.url!.slice(1);
		const change = previous?.status && `${previous.status}>${changed.status}`;
		const message = [event, changed.id, change].filter(Boolean).join(' ');
		messages.set(channel, [...(messages.get(channel) ?? []), message]);
		response.end('{}');
	})();
});

function createTriggerWorkflow(fault: string) {
	const base = { typeVersion: 1, position: [0, 0] };
	const { port } = chatServer.address() as AddressInfo;
	return {
		id: getWabaId(fault),
		name: fault,
		active: false,
		nodes: [
			{
				...base,
				id: '1',
				name: 'Trigger',
				type: 'n8n-nodes-kaleyra-flows.kaleyraFlowsTrigger',
				parameters: {
					pollTimes: EVERY_MINUTE,
					wabaId: getWabaId(fault),
					events: ['flowCreated', 'flowDeleted', 'statusChanged', 'metadataChanged'],
				},
				credentials: { kaleyraApi: { id: 'kaleyraMockApi01', name: 'Kaleyra mock API' } },
			},
			{
				...base,
				id: '2',
				name: 'Chat',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: {
					method: 'POST',
					url: `http://127.0.0.1:${port}/${getWabaId(fault)}`,
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '={{ JSON.stringify($json) }}',
					options: {},
				},
			},
		],
		connections: { Trigger: { main: [[{ node: 'Chat', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

const getFlow = (id: string) => mockApi.flows.find((each) => each.id === id)!;
/** Changes the flows of each watched WABA. */
const changeFlows = (change: (flows: Flow[], waba: string) => void) => {
	for (const waba of FAULT_NAMES.map(getWabaId)) change(mockApi.account.wabas.get(waba)!, waba);
};

/** Counts the requests for the first page of a WABA's list. */
const countPolls = (fault: string) =>
	mockApi.requests.filter(({ target }) => target.endsWith(`/${getWabaId(fault)}/flows`)).length;

async function waitForNextPolls() {
	const before = FAULT_NAMES.map(countPolls);
	await vi.waitFor(() => {
		for (const [index, fault] of FAULT_NAMES.entries())
			expect(countPolls(fault)).toBeGreaterThan(before[index]!);
	}, NEXT_POLL);
}

const expectMessages = (getExpected: (waba: string) => string[]) => {
	for (const fault of FAULT_NAMES) {
		const waba = getWabaId(fault);
		expect(messages.get(waba), fault).toEqual(getExpected(waba));
	}
};

const waitForMessages = async (getExpected: (waba: string) => string[]) =>
	await vi.waitFor(() => expectMessages(getExpected), NEXT_POLL);

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'kaleyra-flows-'));
	chatServer.listen(0, '127.0.0.1');
	await once(chatServer, 'listening');
	mockApi = await KaleyraMock.start();
	for (const waba of FAULT_NAMES.map(getWabaId)) {
		const ids = ['1', '2', '3', '4'].map((digit) => waba + digit);
		const flows = ids.map((id) => flow(id, { name: id, status: 'PUBLISHED' }));
		mockApi.account.wabas.set(waba, flows);
	}
	mockApi.settings.pageSize = 2;
	mockApi.settings.always = ({ target }) => {
		const fault = FAULT_NAMES.find((name) => target.includes(`/${getWabaId(name)}/flows`));
		const page = target.includes('after=') ? 1 : 0;
		return faultsEnabled && fault !== undefined ? FAULTS[fault]!(page) : undefined;
	};
	n8n = new N8n({ folder, port: await freePort(), brokerPort: await freePort() });
	await n8n.installPackages(await pack(path.join(folder, 'packed')));
	const writeJson = async (name: string, value: unknown) => {
		await writeFile(path.join(folder, name), JSON.stringify(value));
		return path.join(folder, name);
	};
	const credential = {
		id: 'kaleyraMockApi01',
		name: 'Kaleyra mock API',
		type: 'kaleyraApi',
		data: mockApi.credential,
	};
	await n8n.cli(
		'import:credentials',
		`--input=${await writeJson('credentials.json', [credential])}`,
	);
	const workflows = [...FAULT_NAMES.map(createTriggerWorkflow), await readTriggerExample()];
	await n8n.cli('import:workflow', `--input=${await writeJson('workflows.json', workflows)}`);
	await n8n.start();
	await n8n.logIn(OWNER);
}, 240_000);

afterAll(async () => {
	await n8n.stop();
	await mockApi.stop();
	chatServer.close();
	await rm(folder, { recursive: true, force: true });
});

test(
	'The trigger and its examples report every change once, across a restart and failed polls',
	{ timeout: 600_000 },
	async () => {
		for (const id of [...FAULT_NAMES.map(getWabaId), 'alert-on-trouble']) {
			const { versionId } = await n8n.rest('GET', `/workflows/${id}`);
			await n8n.rest('POST', `/workflows/${id}/activate`, { versionId });
		}
		// n8n polls at activation: two pages and the empty one after them for each WABA, and four pages and the
		// empty one for the example, which watches the WABA in the credential. Slow machines poll again meanwhile.
		const countPages = (waba: string) =>
			mockApi.requests.filter(({ target }) => target.includes(`/${waba}/flows`)).length;
		await vi.waitFor(() => {
			const pages = FAULT_NAMES.map(getWabaId).map(countPages);
			expect(Math.min(...pages)).toBeGreaterThanOrEqual(3);
			expect(countPages(mockApi.credential.wabaId)).toBeGreaterThanOrEqual(5);
		}, NEXT_POLL);
		await new Promise((resolve) => setTimeout(resolve, 1_000));

		changeFlows((flows) => (flows[0]!.status = 'BLOCKED'));
		getFlow('900000000000002').status = 'THROTTLED';
		const afterFirstPoll = (waba: string) => [`statusChanged ${waba}1 PUBLISHED>BLOCKED`];
		await waitForMessages(afterFirstPoll);

		await n8n.stop();
		changeFlows((flows) => (flows[1]!.name = 'Renamed while n8n was down'));
		await n8n.start();
		const afterRestart = (waba: string) => [...afterFirstPoll(waba), `metadataChanged ${waba}2`];
		await waitForMessages(afterRestart);

		changeFlows((flows, waba) => {
			flows.splice(2, 1);
			flows.push(flow(`${waba}5`));
			flows[0]!.status = 'PUBLISHED';
		});
		faultsEnabled = true;
		await waitForNextPolls();
		// The failed polls retry for a while and emit nothing.
		await new Promise((resolve) => setTimeout(resolve, 5_000));
		expectMessages(afterRestart);

		faultsEnabled = false;
		await waitForMessages((waba) => [
			...afterRestart(waba),
			`statusChanged ${waba}1 BLOCKED>PUBLISHED`,
			`flowCreated ${waba}5`,
			`flowDeleted ${waba}3`,
		]);
		expect(mockApi.chat.messages.map(({ text }) => text)).toEqual([
			'Flow "Customer survey" (900000000000002) changed from PUBLISHED to THROTTLED. Check its endpoint.',
		]);
		for (const secret of [mockApi.credential.sid, mockApi.credential.apiKey]) {
			expect(n8n.log).not.toContain(secret);
		}
	},
);
