// Installs the development tools, and the pinned n8n in its own folder. Needs only Node.js 20 and npm. Install scripts
// are disabled because those of two n8n dependencies fail; the two packages that need theirs are rebuilt by name.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run, step } from './steps.mjs';

export const ROOT = path.resolve(import.meta.dirname, '..');
export const PLAYGROUND = path.join(ROOT, 'playground');
export const OLDER_HOSTS = path.join(ROOT, 'test', 'hosts');
/** Node.js 24, which n8n requires, from the development dependencies. */
export const NODE = path.join(ROOT, 'node_modules', 'node', 'bin', 'node');

/** The folder with the headers of the running Node.js, if it has them. */
const NODE_PREFIX = path.resolve(process.execPath, '..', '..');
const HAS_HEADERS = existsSync(path.join(NODE_PREFIX, 'include', 'node', 'node_api.h'));

export async function installTools() {
	await install(ROOT, 'development tools (1,000 packages, 1 to 2 minutes)', 'node');
}

export async function installN8n() {
	await install(PLAYGROUND, 'n8n 2.41.0 (2,300 packages, about 5 minutes)', 'sqlite3');
}

/** The engines of older n8n versions, for the integration tests. */
export async function installOlderHosts() {
	await install(OLDER_HOSTS, 'the engines of n8n 1.123 and 2.0 (400 packages, about 1 minute)');
}

async function install(folder, title, packageWithScript) {
	const lock = await readFile(path.join(folder, 'package-lock.json'));
	const expected = createHash('sha256').update(lock).digest('hex');
	const stamp = path.join(folder, 'node_modules', '.installed');
	const installed = await readFile(stamp, 'utf8').catch(() => '');
	if (installed === expected) return;
	await step(`Installing ${title}`, async () => {
		await run('npm', ['ci', '--ignore-scripts', '--loglevel=error'], { cwd: folder });
		if (packageWithScript) {
			await run(
				'npm',
				['rebuild', packageWithScript, '--ignore-scripts=false', '--loglevel=error'],
				// sqlite3 compiles itself if its binary can't be downloaded from GitHub. With these headers, it needs no others
				// from nodejs.org.
				{
					cwd: folder,
					env: { ...(HAS_HEADERS && { npm_config_nodedir: NODE_PREFIX }), ...process.env },
				},
			);
		}
		await writeFile(stamp, expected);
	});
}
