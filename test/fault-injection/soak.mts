// npm run test:soak [-- --seed 1 --count 1000]: runs random fault sequences over all writes of both packages.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Failure } from './runSequences.mts';
import type { Job, Message } from './soakWorker.mts';
import { addTotals, NO_TOTALS } from './totals.mts';

const DEFAULT_COUNT = 100_000;
const MAX_SEED = 1_000_000;
const MAX_PRINTED_FAILURES = 10;
const PROGRESS_INTERVAL_MS = process.stdout.isTTY ? 1_000 : 15_000;

const { values } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string' } } });
const seed = parseNumber('seed', values.seed, Math.floor(Math.random() * MAX_SEED));
const count = parseNumber('count', values.count, DEFAULT_COUNT);
const workers = Math.min(availableParallelism(), count);

console.log(`Seed ${seed}, ${format(count)} sequences, ${workers} processes`);
const start = Date.now();
const progress = Array.from({ length: workers }, () => NO_TOTALS);
const timer = setInterval(printProgress, PROGRESS_INTERVAL_MS);
const failures = (
	await Promise.all(progress.map(async (_, first) => await runWorker(first)))
).flat();
clearInterval(timer);
printSummary();
process.exitCode = failures.length > 0 || addTotals(progress).sequences !== count ? 1 : 0;

async function runWorker(first: number): Promise<Failure[]> {
	const child = fork(new URL('soakWorker.mts', import.meta.url), {
		execArgv: ['--import', new URL('loadCommonJs.mjs', import.meta.url).href],
	});
	const job: Job = { seed, count, first, step: workers };
	child.send(job);
	return await new Promise((resolve, reject) => {
		let found: Failure[] | undefined;
		child.on('message', (message: Message) => {
			progress[first] = message.totals;
			found = message.failures;
		});
		child.on('error', reject);
		child.on('close', (code) => {
			if (found) resolve(found);
			else reject(new Error(`A process stopped with exit code ${code}`));
		});
	});
}

function printProgress(): void {
	const { sequences, misreported, duplicated, dropped } = addTotals(progress);
	const rate = (sequences * 1000) / (Date.now() - start);
	const minutes = rate > 0 ? Math.ceil((count - sequences) / rate / 60) : '?';
	const defects = misreported + duplicated + dropped;
	const line = `${format(sequences)} of ${format(count)} sequences, ${rate.toFixed(0)}/s, ${minutes} min left, ${defects} defects`;
	if (process.stdout.isTTY) process.stdout.write(`\r\u001B[K${line}`);
	else console.log(line);
}

function printSummary(): void {
	const { sequences, faults, writes, misreported, duplicated, dropped } = addTotals(progress);
	if (process.stdout.isTTY) process.stdout.write('\r\u001B[K');
	failures.sort((a, b) => a.seed - b.seed);
	for (const failure of failures.slice(0, MAX_PRINTED_FAILURES)) {
		console.log(`\nFailed: ${JSON.stringify(failure.sequence)}`);
		for (const defect of failure.defects) console.log(`  ${defect}`);
		console.log(`  Replay: npm run test:soak -- --seed ${failure.seed} --count 1`);
	}
	const more = failures.length - MAX_PRINTED_FAILURES;
	if (more > 0) console.log(`\n${more} more failed`);
	console.log(`
Sequences        ${format(sequences)}
Faults injected  ${format(faults)}
Writes sent      ${format(writes)}
Misreported      ${format(misreported)}
Duplicated       ${format(duplicated)}
Dropped          ${format(dropped)}
Time             ${((Date.now() - start) / 1000).toFixed(0)} s`);
}

function parseNumber(name: string, text: string | undefined, fallback: number): number {
	if (text === undefined) return fallback;
	const number = Number(text);
	if (!Number.isSafeInteger(number) || number < 1)
		throw new Error(`--${name} must be a positive integer`);
	return number;
}

function format(number: number): string {
	return number.toLocaleString('en-US');
}
