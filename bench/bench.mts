import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { test } from 'vitest';
import { N8nTestHarness } from '../test/integration/n8nHarness.mts';
import {
	listWithHelper,
	listWithNode,
	listWithUndici,
	readWithHttpRequest,
	readWithNode,
	readWithUndici,
} from './contenders.mts';
import type { Order, Report } from './mockApi.mts';

// Speed as ratios, taken in pairs within one run: the built node in n8n's engine against n8n's own HTTP Request node
// in the same engine, and against plain undici. Nothing here passes or fails; the figures are for people.

const RUNS = 5;

const child = fork(new URL('mock API.mts', import.meta.url));
setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

async function tell(message: Order | 'report'): Promise<Report> {
	child.send(message);
	const [report] = await once(child, 'message');
	return report;
}

const prepare = async (flows: number, settings: Order['settings'] = {}) =>
	await tell({ flows, settings });

interface Cost {
	result: number;
	/** Milliseconds. */
	wall: number;
	/** Milliseconds of this process, both of user and of system. */
	cpu: number;
	/** Bytes of heap that stay while the result is held. */
	heap: number;
	requests: number;
}

async function costOf(work: () => Promise<unknown[]>): Promise<Cost> {
	const before = (await tell('report')).requests;
	collectGarbage();
	const heap = process.memoryUsage().heapUsed;
	const cpu = process.cpuUsage();
	const start = performance.now();
	const result = await work();
	const wall = performance.now() - start;
	const { user, system } = process.cpuUsage(cpu);
	collectGarbage();
	const held = process.memoryUsage().heapUsed - heap;
	const { requests } = await tell('report');
	return {
		result: result.length,
		wall,
		cpu: (user + system) / 1000,
		heap: held,
		requests: requests - before,
	};
}

interface Ratio {
	min: number;
	median: number;
	max: number;
}

function spread(values: number[]): Ratio {
	const sorted = values.toSorted((a, b) => a - b).map((value) => Number(value.toFixed(2)));
	return { min: sorted[0]!, median: sorted[Math.floor(sorted.length / 2)]!, max: sorted.at(-1)! };
}

/** Runs two contenders in turn, the order changing, after a warm-up of each. */
async function pairs(ours: () => Promise<unknown[]>, theirs: () => Promise<unknown[]>) {
	await ours();
	await theirs();
	const all: [Cost, Cost][] = [];
	for (let run = 0; run < RUNS; run++) {
		const theirsFirst = run % 2 === 1 ? await costOf(theirs) : undefined;
		const our = await costOf(ours);
		all.push([our, theirsFirst ?? (await costOf(theirs))]);
	}
	const ratio = (what: 'wall' | 'cpu') =>
		spread(all.map(([our, their]) => our[what] / their[what]));
	return { wall: ratio('wall'), cpu: ratio('cpu'), ours: all.map(([our]) => our) };
}

const say = (title: string, figures: object) =>
	console.error(`${title}\n  ${JSON.stringify(figures)}`);

test('bench', async () => {
	const harness = await N8nTestHarness.load();
	const { credential } = await prepare(1_000);
	harness.credential = credential;
	const results: Record<string, object> = {};
	const note = (title: string, figures: object) => {
		results[title] = figures;
		say(title, figures);
	};

	await prepare(1_000, { delay: 50 });
	const reads = await pairs(
		async () => await readWithNode(harness, 1_000),
		async () => await readWithUndici(credential, 1_000, 10),
	);
	note('1,000 reads at 50 ms, 10 in flight: wall time against undici', reads.wall);

	await prepare(500, { delay: 200 });
	const far = await pairs(
		async () => await readWithNode(harness, 500),
		async () => await readWithUndici(credential, 500, 10),
	);
	note('500 reads at 200 ms, 10 in flight: wall time against undici', far.wall);

	await prepare(1_000);
	const cpu = await pairs(
		async () => await readWithNode(harness, 500),
		async () => await readWithHttpRequest(harness, credential, 500),
	);
	note('500 reads: CPU against HTTP Request', cpu.cpu);

	await prepare(10_000, { pageSize: 100 });
	const list = await pairs(
		async () => await listWithNode(harness, { returnAll: true }),
		async () => await listWithUndici(credential),
	);
	note('a list of 10,000 flows in pages of 100: wall time against undici', list.wall);
	note('the same: heap growth in MB', spread(list.ours.map(({ heap }) => heap / 1e6)));
	const floor = await pairs(
		async () => await listWithHelper(harness, credential),
		async () => await listWithUndici(credential),
	);
	note("the same with n8n's HTTP helper in a bare loop: wall time against undici", floor.wall);
	await prepare(10_000, { pageSize: 100, delay: 50 });
	const farList = await pairs(
		async () => await listWithNode(harness, { returnAll: true }),
		async () => await listWithUndici(credential),
	);
	note('the same at 50 ms a page: wall time against undici', farList.wall);
	await prepare(10_000, { pageSize: 100 });
	const limited = await costOf(async () => await listWithNode(harness, { limit: 50 }));
	note('a list with limit 50: requests', { flows: limited.result, requests: limited.requests });

	await prepare(7);
	const shared = await costOf(
		async () => await listWithNode(harness, { returnAll: true }, Array(100).fill({})),
	);
	note('100 items that list one WABA: requests', {
		items: shared.result,
		requests: shared.requests,
	});

	const limit = { rateLimit: { requests: 50, seconds: 1 } };
	const limitedReads = async (work: () => Promise<unknown[]>) => {
		await prepare(300, limit);
		const { result, requests, wall } = await costOf(work);
		return { 'came back': result, requests, seconds: Number((wall / 1000).toFixed(1)) };
	};
	note(
		'300 reads at 50 a second, Kaleyra Flows',
		await limitedReads(() => readWithNode(harness, 300)),
	);
	note(
		'300 reads at 50 a second, HTTP Request',
		await limitedReads(() => readWithHttpRequest(harness, credential, 300)),
	);
	note(
		'300 reads at 50 a second, HTTP Request with Retry On Fail (5 tries, 5 s)',
		await limitedReads(() => readWithHttpRequest(harness, credential, 300, { retryOnFail: true })),
	);

	for (const flows of [10, 1_000, 10_000]) {
		await prepare(flows, { pageSize: 100 });
		const trigger = harness.poller('kaleyraFlowsTrigger', { events: ['statusChanged'] });
		const poll = async () => (await trigger.poll()) ?? [];
		await poll();
		const costs: Cost[] = [];
		for (let run = 0; run < RUNS; run++) costs.push(await costOf(poll));
		note(`a poll of the trigger over ${flows} flows in pages of 100`, {
			milliseconds: spread(costs.map(({ wall }) => wall)).median,
			requests: costs[0]!.requests,
			'bytes of static data': JSON.stringify(trigger.staticData).length,
		});
	}

	const loads: number[] = [];
	for (let run = 0; run < RUNS; run++) {
		const [milliseconds] = await once(fork(new URL('load.mts', import.meta.url)), 'message');
		loads.push(milliseconds);
	}
	note("loading the package in n8n's loader: milliseconds", spread(loads));

	await writeFile(
		new URL('results.json', import.meta.url),
		`${JSON.stringify(results, null, '\t')}\n`,
	);
	child.disconnect();
});
