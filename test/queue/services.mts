import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../playground/n8n.mjs';
import { run } from '../../playground/steps.mjs';
import { findProgram } from './programs.mjs';

/** A server program with its data in a temporary folder. */
export interface Service {
	port: number;
	stop: () => Promise<void>;
}

/** PostgreSQL doesn't run as root. */
const NOBODY = 65_534;
const USER = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

async function createFolder(): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'kaleyra-flows-'));
	if (USER.uid !== undefined) await chown(folder, USER.uid, USER.gid);
	return folder;
}

function getProgram(name: string): string {
	const file = findProgram(name);
	if (file === undefined) throw new Error(`${name} isn't installed`);
	return file;
}

/** Starts a server, and waits until its output contains the text. */
async function startServer(
	program: string,
	args: string[],
	{ folder, port, ready }: { folder: string; port: number; ready: string },
): Promise<Service> {
	const child = spawn(getProgram(program), args, {
		cwd: folder,
		stdio: ['ignore', 'pipe', 'pipe'],
		...USER,
	});
	const ended = once(child, 'close');
	let output = '';
	await new Promise<void>((resolve, reject) => {
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (text: string) => {
				output += text;
				if (output.includes(ready)) resolve();
			});
		}
		void ended.then(() => reject(new Error(`${program} did not start\n${output}`)));
	});
	const stop = async () => {
		// PostgreSQL disconnects its clients.
		child.kill('SIGINT');
		await ended;
		await rm(folder, { recursive: true, force: true });
	};
	return { port, stop };
}

export async function startRedis(): Promise<Service> {
	const folder = await createFolder();
	const port = await freePort();
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
	return await startServer('redis-server', args, { folder, port, ready: 'Ready to accept' });
}

/** Accepts every password. */
export async function startPostgres(user: string, database: string): Promise<Service> {
	const folder = await createFolder();
	const options = { cwd: folder, ...USER };
	const initialize = ['--pgdata', folder, '--username', user, '--auth', 'trust', '--no-sync'];
	await run(getProgram('initdb'), initialize, options);
	const port = await freePort();
	const settings = [
		`port=${port}`,
		'listen_addresses=127.0.0.1',
		'unix_socket_directories=',
		'max_connections=200',
		'fsync=off',
	];
	const args = ['-D', folder, ...settings.flatMap((setting) => ['-c', setting])];
	const ready = 'ready to accept connections';
	const service = await startServer('postgres', args, { folder, port, ready });
	const connection = ['--host=127.0.0.1', `--port=${port}`, `--username=${user}`];
	await run(getProgram('createdb'), [...connection, database]);
	return service;
}
