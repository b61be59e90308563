import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { INSTALL_OPTIONS } from '../../playground/n8n.mjs';
import { readComposeFile } from '../queue/compose.mts';

// The compose file of the queue mode. test:queue starts n8n with its commands and environment.

const readText = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const VARIABLES = { N8N_ENCRYPTION_KEY: 'a', POSTGRES_PASSWORD: 'b', N8N_WEBHOOK_URL: 'c' };
const { services } = readComposeFile(VARIABLES);
const { main, webhook, worker, postgres } = services;

test('The documentation names the variables of the compose file', () => {
	const [, env = ''] = /```sh\n\s+(N8N_[^`]+)```/.exec(readText('docs/queue-mode.md')) ?? [];
	const names = env.match(/^\s*\w+(?==)/gm)?.map((name) => name.trim());
	expect(names).toEqual(Object.keys(VARIABLES));
	expect(readText('examples/queue-mode/compose.yaml')).toContain('N8N_WEBHOOK_URL, such as');
});

test('All n8n processes have the same image, package, and environment', () => {
	const select = ({ build, image, environment }: typeof main) => ({ build, image, environment });
	expect(select(webhook)).toEqual(select(main));
	expect(select(worker)).toEqual(select(main));
	expect(main).toMatchObject({ build: '.', environment: { N8N_ENCRYPTION_KEY: 'a' } });
});

test('The commands are those of a main process, a webhook processor, and two workers', () => {
	expect([main.command, webhook.command, worker.command]).toEqual([
		undefined,
		'webhook',
		'worker --concurrency=10',
	]);
	expect(worker.deploy.replicas).toBe(2);
});

test('n8n uses the database and the services of the compose file', () => {
	expect(main.environment).toMatchObject({
		DB_POSTGRESDB_HOST: 'postgres',
		DB_POSTGRESDB_DATABASE: postgres.environment?.['POSTGRES_DB'],
		DB_POSTGRESDB_USER: postgres.environment?.['POSTGRES_USER'],
		DB_POSTGRESDB_PASSWORD: postgres.environment?.['POSTGRES_PASSWORD'],
		QUEUE_BULL_REDIS_HOST: 'redis',
	});
});

test('A process has more time to stop than the timeout of a request', () => {
	const seconds = Number(main.environment?.['N8N_GRACEFUL_SHUTDOWN_TIMEOUT']);
	expect(seconds).toBeGreaterThan(30);
	expect(Number.parseInt(main.stop_grace_period, 10)).toBeGreaterThan(seconds);
});

test('The Dockerfile installs the package in the tested n8n version, as n8n does', () => {
	const dockerfile = readText('examples/queue-mode/Dockerfile');
	const { dependencies } = JSON.parse(readText('playground/package.json'));
	const { name } = JSON.parse(readText('package.json'));
	expect(dockerfile).toContain(`FROM n8nio/n8n:${dependencies.n8n}\n`);
	expect(dockerfile).toContain(`npm install ${name} ${INSTALL_OPTIONS.join(' ')}\n`);
});
