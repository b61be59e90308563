// npm run test:versions [-- <n8n version> …]: runs the integration tests in the engines of several n8n versions.
import { spawn } from 'node:child_process';
import { installOlderHosts, installTools, ROOT } from '../playground/install.mjs';
import { toolsEnvironment } from '../playground/n8n.mjs';
import { run } from '../playground/steps.mjs';

/** The packages of test/hosts; n8n-core is the current one. The first one is the oldest supported version. */
const ENGINES = { 1.123: 'n8n-core-1.122', '2.0': 'n8n-core-2.0', current: 'n8n-core' };

const requested = process.argv.slice(2);
const unknown = requested.filter((version) => !(version in ENGINES));
if (unknown.length > 0) throw new Error(`Known versions: ${Object.keys(ENGINES).join(', ')}`);

await installTools();
await installOlderHosts();
await run('npm', ['run', '--silent', 'build'], { cwd: ROOT, env: toolsEnvironment() });
for (const [version, engine] of Object.entries(ENGINES)) {
	if (requested.length > 0 && !requested.includes(version)) continue;
	console.log(`\nn8n ${version}`);
	if (!(await test(engine))) process.exitCode = 1;
}

async function test(engine) {
	const child = spawn('vitest', ['run', '--config', 'test/hosts/vitest.config.mts'], {
		cwd: ROOT,
		env: { ...toolsEnvironment(), N8N_ENGINE: engine },
		stdio: 'inherit',
	});
	return await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve(code === 0));
	});
}
