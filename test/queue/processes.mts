import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { freePort, N8n, pack } from '../../playground/n8n.mjs';
import type { ComposeService } from './compose.mts';
import { readComposeFile } from './compose.mts';
import type { Service } from './services.mts';
import { startPostgres, startRedis } from './services.mts';

const LOCALHOST = '127.0.0.1';

/** What queue mode consists of. The n8n processes are not running yet. */
export interface Processes {
	main: N8n;
	webhook: N8n;
	workers: N8n[];
}

/**
 * Starts Redis and PostgreSQL, and prepares the n8n processes of the compose file in the documentation. Each
 * has a folder of its own, as in a container.
 *
 * @param started receives Redis and PostgreSQL as soon as they run, so that they can be stopped after an error
 */
export async function createProcesses(folder: string, started: Service[]): Promise<Processes> {
	const tarballs = await pack(path.join(folder, 'packed'));
	const webhookPort = await freePort();
	const { services } = readComposeFile({
		N8N_ENCRYPTION_KEY: 'the-same-in-every-process',
		POSTGRES_PASSWORD: 'any',
		N8N_WEBHOOK_URL: `http://${LOCALHOST}:${webhookPort}/`,
	});
	const { POSTGRES_USER: user, POSTGRES_DB: database } = services.postgres.environment ?? {};
	const redis = await startRedis(folder);
	started.push(redis);
	const postgres = await startPostgres(folder, String(user), String(database));
	started.push(postgres);

	const createProcess = async (name: string, service: ComposeService, chosenPort?: number) => {
		const port = chosenPort ?? (await freePort());
		const ownFolder = path.join(folder, name);
		await mkdir(ownFolder);
		const n8n = new N8n({
			folder: ownFolder,
			port,
			brokerPort: await freePort(),
			...(service.command !== undefined && { command: service.command.split(' ') }),
			environment: {
				...service.environment,
				DB_POSTGRESDB_HOST: LOCALHOST,
				DB_POSTGRESDB_PORT: String(postgres.port),
				QUEUE_BULL_REDIS_HOST: LOCALHOST,
				QUEUE_BULL_REDIS_PORT: String(redis.port),
				QUEUE_HEALTH_CHECK_PORT: String(port),
				N8N_WORKER_SERVER_ADDRESS: LOCALHOST,
			},
		});
		if (service.build !== undefined) await n8n.installPackages(tarballs);
		return n8n;
	};

	const main = await createProcess('main', services.main);
	const webhook = await createProcess('webhook', services.webhook, webhookPort);
	const workers = [];
	for (let index = 0; index < services.worker.deploy.replicas; index++) {
		workers.push(await createProcess(`worker-${index}`, services.worker));
	}
	return { main, webhook, workers };
}
