// Installs what is missing, with nothing but Node 20 and npm: the package's tools, and the pinned n8n in a
// folder of its own. Install scripts stay off, because two of n8n's dependencies have some that fail; the
// two packages that need theirs are rebuilt by name.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run, step } from './steps.mjs';

export const ROOT = path.resolve(import.meta.dirname, '..');
export const PLAYGROUND = path.join(ROOT, 'playground');
export const OLDER_HOSTS = path.join(ROOT, 'test', 'hosts');
/** n8n asks for Node 24 or newer; npm brings one along. */
export const NODE = path.join(ROOT, 'node_modules', 'node', 'bin', 'node');

export async function installTools() {
	await install(ROOT, 'the tools (1,000 packages; a minute or two the first time)', 'node');
}

export async function installN8n() {
	await install(
		PLAYGROUND,
		'n8n 2.41.0 (2,300 packages; five minutes or so the first time)',
		'sqlite3',
	);
}

/** The engines of older n8n versions, for the integration tests. */
export async function installOlderHosts() {
	await install(
		OLDER_HOSTS,
		'the engines of n8n 1.123 and 2.0 (400 packages; a minute the first time)',
	);
}

async function install(folder, what, withScript) {
	const lock = await readFile(path.join(folder, 'package-lock.json'));
	const wanted = createHash('sha256').update(lock).digest('hex');
	const stamp = path.join(folder, 'node_modules', '.installed');
	const installed = await readFile(stamp, 'utf8').catch(() => '');
	if (installed === wanted) return;
	await step(`Installing ${what}`, async () => {
		await run('npm', ['ci', '--ignore-scripts', '--loglevel=error'], { cwd: folder });
		if (withScript) {
			await run('npm', ['rebuild', withScript, '--ignore-scripts=false', '--loglevel=error'], {
				cwd: folder,
			});
		}
		await writeFile(stamp, wanted);
	});
}
