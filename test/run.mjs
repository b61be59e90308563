// npm test: runs all checks and tests. Needs only Node.js 20 and npm.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installN8n, installOlderHosts, installTools, ROOT } from '../playground/install.mjs';
import { toolsEnvironment } from '../playground/n8n.mjs';

const PROGRESS_INTERVAL_MS = 30_000;

const reports = await mkdtemp(path.join(tmpdir(), 'kaleyra-flows-tests-'));
const reportPath = (name) => path.join(reports, `${name}.json`);
const npmRun = (script) => ['npm', 'run', '--silent', script];
const vitest = (name, ...args) => [
	'vitest',
	'run',
	...args,
	'--reporter=default',
	'--reporter=json',
	`--outputFile.json=${reportPath(name)}`,
];

const BUILD = { name: 'build', command: npmRun('build') };
/** One after the other, because each of them keeps the cores busy. */
const CHECKS_AND_TESTS = [
	{ name: 'format', command: ['prettier', '--check', '.', '--log-level=warn'] },
	{ name: 'lint', command: npmRun('lint') },
	// The build has already checked the types of both packages.
	{ name: 'types', command: ['tsc', '--noEmit', '--project', 'test'] },
	{ name: 'package scan', command: npmRun('scan') },
	{
		name: 'unit and integration tests',
		prepare: installOlderHosts,
		command: vitest('integration', 'test/unit', 'test/integration'),
		report: reportPath('integration'),
	},
	{
		name: 'fault injection tests',
		command: vitest('fault-injection', 'test/fault-injection'),
		report: reportPath('fault-injection'),
	},
];
const TRIGGER_TEST = 'test/e2e/trigger.test.mts';
const END_TO_END = {
	name: 'end-to-end tests',
	command: vitest('e2e', 'test/e2e', `--exclude=${TRIGGER_TEST}`, '--maxWorkers=1'),
	report: reportPath('e2e'),
};
/** Separate, because it waits for n8n to poll every minute, so most of the time the others have the cores. */
const END_TO_END_TRIGGER = {
	name: 'end-to-end test of the trigger',
	command: vitest('trigger', TRIGGER_TEST),
	report: reportPath('trigger'),
};
const BROWSER = {
	name: 'browser tests of the editor',
	command: vitest('browser', 'test/browser', '--maxWorkers=1'),
	report: reportPath('browser'),
};
const STEPS = [BUILD, ...CHECKS_AND_TESTS, END_TO_END, END_TO_END_TRIGGER, BROWSER];

const start = Date.now();
const results = new Map();
const running = new Set();

await installTools();
const timer = setInterval(() => {
	console.log(`… ${[...running].join(', ')} (${getSeconds(start)} s in total)`);
}, PROGRESS_INTERVAL_MS);
// Beside the other steps, because it takes longer than all of them.
const installation = installN8n();
// If it fails, `await` throws it.
installation.catch(() => undefined);
await runStep(BUILD);
if (results.get(BUILD.name)) {
	await runSteps(CHECKS_AND_TESTS);
	// Not beside the others: n8n keeps the cores busy, and the fault injection tests measure timeouts.
	await runEndToEnd();
}
clearInterval(timer);
await printSummary();
await rm(reports, { recursive: true });

async function runSteps(steps) {
	for (const step of steps) await runStep(step);
}

async function runEndToEnd() {
	await installation;
	await Promise.all([runStep(END_TO_END), runSteps([END_TO_END_TRIGGER, BROWSER])]);
}

/** Runs a step. Prints its output only if it fails, because steps run at the same time. */
async function runStep({ name, prepare, command, report }) {
	await prepare?.();
	console.log(`… ${name}`);
	running.add(name);
	const started = Date.now();
	const { passed, output } = await run(command);
	running.delete(name);
	results.set(name, passed);
	const tests = report ? `, ${(await readCounts(report)).passed} tests passed` : '';
	if (!passed) console.log(`\n${output.trimEnd()}\n`);
	console.log(`${passed ? '✓' : '✗'} ${name} (${getSeconds(started)} s${tests})`);
}

async function run([command, ...args]) {
	const child = spawn(command, args, {
		cwd: ROOT,
		env: { FORCE_COLOR: process.stdout.isTTY ? '1' : '0', ...toolsEnvironment() },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text) => (output += text));
	}
	return await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve({ passed: code === 0, output }));
	});
}

async function readCounts(report) {
	const text = await readFile(report, 'utf8').catch(() => '{}');
	const { numPassedTests = 0, numFailedTests = 0 } = JSON.parse(text);
	return { passed: numPassedTests, failed: numFailedTests };
}

async function printSummary() {
	const counts = { passed: 0, failed: 0 };
	for (const { report } of STEPS.filter((step) => step.report)) {
		const { passed, failed } = await readCounts(report);
		counts.passed += passed;
		counts.failed += failed;
	}
	const list = (title, steps) => {
		if (steps.length > 0) console.log(`${title}: ${steps.map(({ name }) => name).join(', ')}`);
	};
	console.log(`\n${getSeconds(start)} s`);
	list(
		'Failed',
		STEPS.filter(({ name }) => results.get(name) === false),
	);
	list(
		'Not run',
		STEPS.filter(({ name }) => !results.has(name)),
	);
	console.log(`${counts.passed} passed, ${counts.failed} failed`);
	process.exitCode = STEPS.every(({ name }) => results.get(name)) ? 0 : 1;
}

function getSeconds(since) {
	return ((Date.now() - since) / 1000).toFixed(0);
}
