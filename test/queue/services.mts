import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../../playground/n8n.mjs';
import { run } from '../../playground/steps.mjs';
import { findProgram } from './programs.mjs';

/** A running server program. */
export interface Service {
	port: number;
	stop: () => Promise<void>;
}

/** PostgreSQL doesn't run as root. */
const NOBODY = 65_534;
const USER = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

const START_TIMEOUT_MS = 60_000;

async function createFolder(parent: string, name: string): Promise<string> {
	const folder = path.join(parent, name);
	await mkdir(folder, { mode: 0o700 });
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
	const stop = async () => {
		// PostgreSQL disconnects its clients.
		child.kill('SIGINT');
		const killer = setTimeout(() => child.kill('SIGKILL'), 10_000);
		await ended;
		clearTimeout(killer);
	};
	let output = '';
	let deadline: NodeJS.Timeout | undefined;
	try {
		await new Promise<void>((resolve, reject) => {
			for (const stream of [child.stdout, child.stderr]) {
				stream.setEncoding('utf8').on('data', (text: string) => {
					output += text;
					if (output.includes(ready)) resolve();
				});
			}
			const fail = () => reject(new Error(`${program} did not start\n${output}`));
			deadline = setTimeout(fail, START_TIMEOUT_MS);
			ended.then(fail, reject);
		});
		return { port, stop };
	} catch (error) {
		await stop();
		throw error;
	} finally {
		clearTimeout(deadline);
	}
}

export async function startRedis(parent: string): Promise<Service> {
	const folder = await createFolder(parent, 'redis');
	const port = await freePort();
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
	return await startServer('redis-server', args, { folder, port, ready: 'Ready to accept' });
}

/** Accepts every password. */
export async function startPostgres(
	parent: string,
	user: string,
	database: string,
): Promise<Service> {
	const folder = await createFolder(parent, 'postgres');
	const options = { cwd: folder, ...USER };
	const initialize = ['--pgdata', folder, '--username', user, '--auth', 'trust', '--no-sync'];
	// The locale of the machine may be missing, and translates the message that startServer waits for.
	const locale = ['--locale=C', '--encoding=UTF8'];
	await run(getProgram('initdb'), [...initialize, ...locale], options);
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
	try {
		await run(getProgram('createdb'), [...connection, database]);
		return service;
	} catch (error) {
		await service.stop();
		throw error;
	}
}
