import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { test } from 'vitest';
import { N8nTestHarness } from '../test/integration/n8nHarness.mts';
import type { Report, Reset } from './mockApi.mts';

const RESULTS = new URL('results.json', import.meta.url);
const PAIRS = 5;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

export interface Cost {
	/** What the measured function returns. */
	result: unknown[];
	wallMs: number;
	/** CPU time of this process, user and system. */
	cpuMs: number;
	/** Heap growth while the result is held, in bytes. */
	heap: number;
	/** Requests that the mock API received. */
	requests: number;
	published: number;
}

export interface Spread {
	min: number;
	median: number;
	max: number;
}

/** What a benchmark works with. */
export interface Bench {
	/** The built package in n8n's execution engine. */
	harness: N8nTestHarness;
	credential: Report['credential'];
	/** Resets the mock API. */
	reset: (flows: number, settings?: Reset['settings']) => Promise<void>;
	measure: (run: () => Promise<unknown[]>) => Promise<Cost>;
	/** Measures two functions alternately, after running both once. */
	compare: (
		ours: () => Promise<unknown[]>,
		theirs: () => Promise<unknown[]>,
	) => Promise<{ wall: Spread; cpu: Spread; ours: Cost[] }>;
	/** Prints and saves a result. */
	save: (title: string, figures: object) => void;
}

/** Defines a benchmark. Its results replace its section in results.json; nothing passes or fails. */
export function benchmark(section: string, run: (bench: Bench) => Promise<void>): void {
	test(section, async () => {
		const child = fork(new URL('mockApi.mts', import.meta.url));
		const send = async (message: Reset | 'report'): Promise<Report> => {
			child.send(message);
			return (await once(child, 'message'))[0];
		};
		const harness = await N8nTestHarness.load();
		const { credential } = await send('report');
		harness.credential = credential;
		const results: Record<string, object> = {};
		const measure: Bench['measure'] = async (run) => await measureCost(run, () => send('report'));
		await run({
			harness,
			credential,
			reset: async (flows, settings = {}) => void (await send({ flows, settings })),
			measure,
			compare: async (ours, theirs) => await compareCosts(measure, ours, theirs),
			save: (title, figures) => {
				results[title] = figures;
				console.error(`${title}\n  ${JSON.stringify(figures)}`);
			},
		});
		child.disconnect();
		const saved = JSON.parse(await readFile(RESULTS, 'utf8').catch(() => '{}'));
		await writeFile(RESULTS, `${JSON.stringify({ ...saved, [section]: results }, null, '\t')}\n`);
	});
}

async function measureCost(
	run: () => Promise<unknown[]>,
	getReport: () => Promise<Report>,
): Promise<Cost> {
	const before = await getReport();
	collectGarbage();
	const heap = process.memoryUsage().heapUsed;
	const cpu = process.cpuUsage();
	const start = performance.now();
	const result = await run();
	const wallMs = performance.now() - start;
	const { user, system } = process.cpuUsage(cpu);
	collectGarbage();
	const held = process.memoryUsage().heapUsed - heap;
	const after = await getReport();
	return {
		result,
		wallMs,
		cpuMs: (user + system) / 1000,
		heap: held,
		requests: after.requests - before.requests,
		published: after.published - before.published,
	};
}

async function compareCosts(
	measure: Bench['measure'],
	ours: () => Promise<unknown[]>,
	theirs: () => Promise<unknown[]>,
) {
	await ours();
	await theirs();
	const pairs: [Cost, Cost][] = [];
	for (let pair = 0; pair < PAIRS; pair++) {
		const theirsFirst = pair % 2 === 1 ? await measure(theirs) : undefined;
		const our = await measure(ours);
		pairs.push([our, theirsFirst ?? (await measure(theirs))]);
	}
	const getRatio = (what: 'wallMs' | 'cpuMs') =>
		getSpread(pairs.map(([our, their]) => our[what] / their[what]));
	return { wall: getRatio('wallMs'), cpu: getRatio('cpuMs'), ours: pairs.map(([our]) => our) };
}

export function getSpread(values: number[]): Spread {
	const sorted = values.toSorted((a, b) => a - b).map((value) => round(value, 2));
	return { min: sorted[0]!, median: sorted[Math.floor(sorted.length / 2)]!, max: sorted.at(-1)! };
}

export function round(value: number, digits: number): number {
	return Number(value.toFixed(digits));
}

export function toSeconds(milliseconds: number): number {
	return round(milliseconds / 1000, 1);
}
