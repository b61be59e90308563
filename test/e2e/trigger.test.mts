import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort, N8n, pack } from '../../playground/n8n.mjs';
import type { Flow } from '../mock-api/accounts.mts';
import { flow } from '../mock-api/accounts.mts';
import * as errors from '../mock-api/errors.mts';
import type { Scripted } from '../mock-api/KaleyraMock.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';

// The trigger in active workflows of a real n8n, polled by n8n every minute. Each workflow watches a WABA of its own, and
// each of these has its own bad weather in the third poll.

const BROKEN: Record<string, (page: number) => Scripted | undefined> = {
	'too many requests': () => ({ status: 429, headers: { 'retry-after': '600' } }),
	'a fault': () => ({ status: 500 }),
	'a reset': () => ({ fault: 'reset' }),
	'half a list': (page) => (page > 0 ? { fault: 'cut', applyFirst: true } : undefined),
	'a wrong key': () => errors.incorrectKey,
};
const WAYS = Object.keys(BROKEN);
const wabaOf = (way: string) => String(200_000_000_000_000 + WAYS.indexOf(way));
const OWNER = { email: 'owner@example.com', password: 'Playground1' };
/** The shortest that n8n allows. */
const EVERY_MINUTE = { item: [{ mode: 'everyMinute' }] };
/** A poll every minute, and time for its retries. */
const A_POLL = { timeout: 90_000, interval: 250 };

let folder: string;
let mockApi: KaleyraMock;
let n8n: N8n;
let badWeather = false;

/** What the workflows posted, by WABA: `statusChanged 1 PUBLISHED>BLOCKED`; of the examples, their text. */
const reported = new Map<string, string[]>();
const EXAMPLES = path.resolve(import.meta.dirname, '../../examples');

/** One of the examples, with this test's chat in it. */
async function example(file: string) {
	const text = await readFile(path.join(EXAMPLES, `${file}.json`), 'utf8');
	const { port } = chat.address() as AddressInfo;
	const here = text.replace(
		/https:\/\/chat\.example\.com\/[^"]*/,
		`http://127.0.0.1:${port}/${file}`,
	);
	expect(here).not.toBe(text);
	const workflow = JSON.parse(here);
	for (const node of workflow.nodes) {
		const { parameters } = node;
		if (parameters.pollTimes) parameters.pollTimes = EVERY_MINUTE;
		// n8n's command does not wait for the morning.
		if (parameters.rule) Object.assign(node, { type: 'n8n-nodes-base.manualTrigger' });
	}
	return { id: file, active: false, ...workflow };
}
const chat = createServer((request, response) => {
	void (async () => {
		let body = '';
		for await (const chunk of request) body += chunk;
		const { event, flow: is, previous, text } = JSON.parse(body);
		const where = request.url!.slice(1);
		const change = previous?.status && `${previous.status}>${is.status}`;
		const line = text ?? [event, is.id, change].filter(Boolean).join(' ');
		reported.set(where, [...(reported.get(where) ?? []), line]);
		response.end('{}');
	})();
});

function watching(way: string) {
	const at = { typeVersion: 1, position: [0, 0] };
	const { port } = chat.address() as AddressInfo;
	return {
		id: wabaOf(way),
		name: way,
		active: false,
		nodes: [
			{
				...at,
				id: '1',
				name: 'Trigger',
				type: 'n8n-nodes-kaleyra-flows.kaleyraFlowsTrigger',
				parameters: {
					pollTimes: EVERY_MINUTE,
					wabaId: wabaOf(way),
					events: ['flowCreated', 'flowDeleted', 'statusChanged', 'metadataChanged'],
				},
				credentials: { kaleyraApi: { id: 'kaleyraMockApi01', name: 'Kaleyra mock API' } },
			},
			{
				...at,
				id: '2',
				name: 'Chat',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: {
					method: 'POST',
					url: `http://127.0.0.1:${port}/${wabaOf(way)}`,
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

const flowsOf = (way: string): Flow[] => mockApi.account.wabas.get(wabaOf(way))!;
const theFlow = (id: string) => mockApi.flows.find((each) => each.id === id)!;
const change = (work: (flows: Flow[], waba: string) => void) => {
	for (const way of WAYS) work(flowsOf(way), wabaOf(way));
};

/** How often the list of a WABA was begun. */
const looksAt = (way: string) =>
	mockApi.requests.filter(({ target }) => target.endsWith(`/${wabaOf(way)}/flows`)).length;

async function nextPolls(begun = WAYS.map(looksAt)) {
	await vi.waitFor(() => {
		for (const [index, way] of WAYS.entries()) expect(looksAt(way)).toBeGreaterThan(begun[index]!);
	}, A_POLL);
}

const allItemsReported = async (lines: (waba: string) => string[]) =>
	await vi.waitFor(() => {
		for (const way of WAYS) expect(reported.get(wabaOf(way)), way).toEqual(lines(wabaOf(way)));
	}, A_POLL);

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'kaleyra-flows-'));
	chat.listen(0, '127.0.0.1');
	await once(chat, 'listening');
	mockApi = await KaleyraMock.start();
	for (const way of WAYS) {
		const waba = wabaOf(way);
		const ids = ['1', '2', '3', '4'].map((digit) => waba + digit);
		const flows = ids.map((id) => flow(id, { name: id, status: 'PUBLISHED' }));
		mockApi.account.wabas.set(waba, flows);
	}
	mockApi.settings.pageSize = 2;
	mockApi.settings.always = ({ target }) => {
		const way = WAYS.find((each) => target.includes(`/${wabaOf(each)}/flows`));
		const page = target.includes('after=') ? 1 : 0;
		return badWeather && way !== undefined ? BROKEN[way]!(page) : undefined;
	};
	n8n = new N8n({ folder, port: await freePort(), brokerPort: await freePort() });
	await n8n.installPackages(await pack(path.join(folder, 'packed')));
	const write = async (name: string, value: unknown) => {
		await writeFile(path.join(folder, name), JSON.stringify(value));
		return path.join(folder, name);
	};
	const credential = {
		id: 'kaleyraMockApi01',
		name: 'Kaleyra mock API',
		type: 'kaleyraApi',
		data: mockApi.credential,
	};
	await n8n.cli('import:credentials', `--input=${await write('credentials.json', [credential])}`);
	const workflows = [
		...WAYS.map(watching),
		await example('alert-on-trouble'),
		await example('daily-validation-errors'),
	];
	await n8n.cli('import:workflow', `--input=${await write('workflows.json', workflows)}`);
	await n8n.cli('execute', '--id=daily-validation-errors');
	mockApi.requests = [];
	await n8n.start();
	await n8n.logIn(OWNER);
}, 240_000);

afterAll(async () => {
	await n8n.stop();
	await mockApi.stop();
	chat.close();
	await rm(folder, { recursive: true, force: true });
});

test(
	'events are told exactly once, over a restart and a poll that fails in five ways; the examples work',
	{ timeout: 600_000 },
	async () => {
		for (const id of [...WAYS.map(wabaOf), 'alert-on-trouble']) {
			const { versionId } = await n8n.rest('GET', `/workflows/${id}`);
			await n8n.rest('POST', `/workflows/${id}/activate`, { versionId });
		}
		// Activating polls at once: the first look, of two pages and the empty one behind the cursor; of four
		// and the empty one for the example, which watches the WABA of the credential.
		const pages = 3 * WAYS.length + 5;
		await vi.waitFor(() => expect(mockApi.requests).toHaveLength(pages), A_POLL);
		await new Promise((resolve) => setTimeout(resolve, 1_000));

		change((flows) => (flows[0]!.status = 'BLOCKED'));
		theFlow('900000000000002').status = 'THROTTLED';
		const blocked = (waba: string) => [`statusChanged ${waba}1 PUBLISHED>BLOCKED`];
		await allItemsReported(blocked);

		await n8n.stop();
		change((flows) => (flows[1]!.name = 'Renamed while n8n was down'));
		await n8n.start();
		const renamed = (waba: string) => [...blocked(waba), `metadataChanged ${waba}2`];
		await allItemsReported(renamed);

		change((flows, waba) => {
			flows.splice(2, 1);
			flows.push(flow(`${waba}5`));
			flows[0]!.status = 'PUBLISHED';
		});
		badWeather = true;
		await nextPolls();
		// Its retries take their time; nothing comes of them.
		await new Promise((resolve) => setTimeout(resolve, 5_000));
		for (const way of WAYS) expect(reported.get(wabaOf(way)), way).toEqual(renamed(wabaOf(way)));

		badWeather = false;
		await allItemsReported((waba) => [
			...renamed(waba),
			`statusChanged ${waba}1 BLOCKED>PUBLISHED`,
			`flowCreated ${waba}5`,
			`flowDeleted ${waba}3`,
		]);
		expect(reported.get('alert-on-trouble')).toEqual([
			'Flow "Customer survey" (900000000000002) changed from PUBLISHED to THROTTLED. Check its endpoint.',
		]);
		expect(reported.get('daily-validation-errors')).toEqual([
			"Sign up for the newsletter: Invalid value found for property 'type'. (line 10)",
		]);
		for (const secret of [mockApi.credential.sid, mockApi.credential.apiKey]) {
			expect(n8n.log).not.toContain(secret);
		}
	},
);
