import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readExamples } from '../../playground/examples.mjs';
import { freePort, N8n, pack } from '../../playground/n8n.mjs';
import { EightByEightMock } from '../mock-api/eightByEight/EightByEightMock.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';

export const OWNER = { email: 'owner@example.com', password: 'Playground1' };
export const KALEYRA_CREDENTIAL = {
	id: 'kaleyraMockApi01',
	name: 'Kaleyra mock API',
	type: 'kaleyraApi',
};
export const EIGHT_BY_EIGHT_CREDENTIAL = {
	id: 'eightByEightMk01',
	name: '8x8 mock API',
	type: 'eightByEightChatAppsApi',
};

export interface Hosts {
	n8n: N8n;
	kaleyra: KaleyraMock;
	eightByEight: EightByEightMock;
	stop(): Promise<void>;
}

/**
 * Starts n8n with both packed packages, the mock APIs, the examples, and other workflows. If this fails, stops what has
 * started.
 */
export async function startHosts(workflows: object[]): Promise<Hosts> {
	const folder = await mkdtemp(path.join(tmpdir(), 'kaleyra-flows-'));
	const [kaleyra, eightByEight] = await Promise.all([
		KaleyraMock.start(),
		EightByEightMock.start(),
	]);
	const n8n = new N8n({ folder, port: await freePort(), brokerPort: await freePort() });
	const hosts: Hosts = {
		n8n,
		kaleyra,
		eightByEight,
		async stop() {
			await n8n.stop();
			await Promise.all([kaleyra.stop(), eightByEight.stop()]);
			await rm(folder, { recursive: true, force: true });
		},
	};
	try {
		await prepare(hosts, folder, workflows);
		await n8n.start();
		await n8n.logIn(OWNER);
		return hosts;
	} catch (error) {
		await hosts.stop();
		throw error;
	}
}

/** Installs the packages, and imports credentials and workflows. */
async function prepare(
	{ n8n, kaleyra, eightByEight }: Hosts,
	folder: string,
	workflows: object[],
): Promise<void> {
	const importJson = async (kind: string, entities: object[]) => {
		const file = path.join(folder, `${kind}.json`);
		await writeFile(file, JSON.stringify(entities));
		await n8n.cli(`import:${kind}`, `--input=${file}`);
	};
	const examples = await readExamples({
		kaleyra: kaleyra.origin,
		eightByEight: eightByEight.origin,
	});
	// Even if one fails, the other ends before the folder is deleted.
	const steps = await Promise.allSettled([
		pack(path.join(folder, 'packed')).then(async (tarballs) => await n8n.installPackages(tarballs)),
		(async () => {
			await importJson('credentials', [
				{ ...KALEYRA_CREDENTIAL, data: kaleyra.credential },
				{ ...EIGHT_BY_EIGHT_CREDENTIAL, data: eightByEight.credential },
			]);
			await importJson('workflow', [...examples, ...workflows]);
		})(),
	]);
	for (const step of steps) if (step.status === 'rejected') throw step.reason as Error;
}
