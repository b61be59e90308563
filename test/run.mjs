// npm test: runs all checks and tests. Needs only Node.js 20 and npm.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installN8n, installOlderHosts, installTools, ROOT } from '../playground/install.mjs';
import { toolsEnvironment } from '../playground/n8n.mjs';

const reports = await mkdtemp(path.join(tmpdir(), 'kaleyra-flows-tests-'));
const vitest = (name, folders) => [
	'vitest',
	'run',
	...folders,
	'--reporter=default',
	'--reporter=json',
	`--outputFile.json=${path.join(reports, `${name}.json`)}`,
];

await installTools();

/** The steps after `build` need the built packages. */
const STEPS = [
	{ name: 'format', command: ['prettier', '--check', '.', '--log-level=warn'] },
	{ name: 'lint (n8n, strict)', command: ['npm', 'run', '--silent', 'lint'] },
	{ name: 'types', command: ['npm', 'run', '--silent', 'typecheck'] },
	{ name: 'build', command: ['npm', 'run', '--silent', 'build'] },
	{ name: 'n8n package scanner', command: ['npm', 'run', '--silent', 'scan'] },
	{
		name: 'unit and integration',
		prepare: installOlderHosts,
		command: vitest('integration', ['test/unit', 'test/integration']),
	},
	// Separate, because it uses all cores and other tests measure time.
	{ name: 'fault injection', command: vitest('fault-injection', ['test/fault-injection']) },
	{ name: 'end to end', prepare: installN8n, command: vitest('e2e', ['test/e2e']) },
];

const results = [];
for (const { name, prepare, command } of STEPS) {
	await prepare?.();
	console.log(`\n— ${name}`);
	const start = Date.now();
	const passed = await show(command);
	results.push({ name, passed, seconds: ((Date.now() - start) / 1000).toFixed(0) });
	if (!passed) break;
}

const counts = { passed: 0, failed: 0 };
for (const name of ['integration', 'fault-injection', 'e2e']) {
	const report = JSON.parse(
		await readFile(path.join(reports, `${name}.json`), 'utf8').catch(() => '{}'),
	);
	counts.passed += report.numPassedTests ?? 0;
	counts.failed += report.numFailedTests ?? 0;
}
await rm(reports, { recursive: true });

console.log();
for (const { name, passed, seconds } of results)
	console.log(`${passed ? '✓' : '✗'} ${name} (${seconds} s)`);
const green = results.length === STEPS.length && results.every(({ passed }) => passed);
if (!green)
	console.log(
		`Not run: ${
			STEPS.slice(results.length)
				.map(({ name }) => name)
				.join(', ') || 'none'
		}`,
	);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = green ? 0 : 1;

async function show([command, ...args]) {
	const child = spawn(command, args, {
		cwd: ROOT,
		env: toolsEnvironment(),
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	return await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve(code === 0));
	});
}
