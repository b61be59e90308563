import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parsePrivateKey } from '../nodes/shared/whatsappFlows/dataExchange/privateKey.ts';
import { createSignedFlowToken } from '../nodes/shared/whatsappFlows/signedFlowToken.ts';
import { freePort, N8n, pack } from '../playground/n8n.mjs';
import { encryptRequest } from '../test/mock-api/page/whatsAppEndpointClient.mjs';
import { vectors } from '../test/unit/dataExchange/vectors.mts';
import { benchmark, round } from './benchmark.mts';
import type { Contender } from './endpointWorkflows.mts';
import { CREDENTIAL, WORKFLOWS } from './endpointWorkflows.mts';

const WARM_UP = 30;
const REQUESTS = 200;
const SUSTAINED_MS = 20_000;
const PING_INTERVAL_MS = 200;
/** WhatsApp's. */
const TIMEOUT_MS = 10_000;
const MAX_ERROR_RATE = 0.01;

const token = createSignedFlowToken(
	{ customer: '42' },
	Date.now() + 3_600_000,
	parsePrivateKey(vectors.keys.pkcs8, ''),
);
const SCREEN = {
	version: '3.0',
	action: 'data_exchange',
	screen: 'DATE',
	data: { date: '2027-03-01' },
	flow_token: token,
};

/** Sends one request; the encryption on WhatsApp's side isn't measured. @returns milliseconds */
async function measureRequest(origin: string, contender: Contender, payload: object = SCREEN) {
	const { body, decryptResponse } = await encryptRequest(payload, vectors.publicKey);
	const isPlain = contender === 'plain';
	const start = performance.now();
	const response = await fetch(`${origin}/webhook/${contender}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(isPlain ? payload : body),
		signal: AbortSignal.timeout(TIMEOUT_MS),
	});
	const text = await response.text();
	const duration = performance.now() - start;
	const { screen, data } = isPlain ? JSON.parse(text) : await decryptResponse(text);
	if (screen !== 'SLOT' && data?.status !== 'active') throw new Error(`Unexpected: ${text}`);
	return duration;
}

/** n8n registers the webhooks after the workflows are published. */
async function waitForWebhooks(origin: string): Promise<void> {
	for (const { id } of WORKFLOWS) {
		for (;;) {
			const { status } = await fetch(`${origin}/webhook/${id}`, { method: 'POST' });
			if (status !== 404) break;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}

function getPercentiles(durations: number[]) {
	const sorted = durations.toSorted((a, b) => a - b);
	const at = (share: number) => round(sorted[Math.floor((sorted.length - 1) * share)] ?? NaN, 1);
	return { median: at(0.5), p95: at(0.95), max: at(1) };
}

/** Keeps a number of requests in flight, and pings beside them. */
async function sustain(origin: string, concurrency: number) {
	const end = Date.now() + SUSTAINED_MS;
	const durations: number[] = [];
	const pings: number[] = [];
	let failed = 0;
	const sendScreens = async () => {
		while (Date.now() < end) {
			await measureRequest(origin, 'package').then(
				(duration) => durations.push(duration),
				() => failed++,
			);
		}
	};
	const sendPings = async () => {
		while (Date.now() < end) {
			pings.push(await measureRequest(origin, 'package', { version: '3.0', action: 'ping' }));
			await new Promise((resolve) => setTimeout(resolve, PING_INTERVAL_MS));
		}
	};
	await Promise.all([sendPings(), ...Array.from({ length: concurrency }, sendScreens)]);
	return {
		'requests per second': round(durations.length / (SUSTAINED_MS / 1000), 1),
		'failed share': round(failed / (failed + durations.length), 4),
		'at most 1 % failed': failed / (failed + durations.length) <= MAX_ERROR_RATE,
		milliseconds: getPercentiles(durations),
		'ping milliseconds': getPercentiles(pings),
	};
}

benchmark('dataExchange', async ({ save }) => {
	// The Code nodes need it.
	process.env['NODE_FUNCTION_ALLOW_BUILTIN'] = 'crypto';
	const folder = await mkdtemp(path.join(tmpdir(), 'kaleyra-flows-bench-'));
	const n8n = new N8n({ folder, port: await freePort(), brokerPort: await freePort() });
	try {
		await n8n.installPackages(await pack(path.join(folder, 'packed')));
		const importFile = async (kind: string, entities: object[]) => {
			const file = path.join(folder, `${kind}.json`);
			await writeFile(file, JSON.stringify(entities));
			await n8n.cli(`import:${kind}`, `--input=${file}`);
		};
		await importFile('credentials', [CREDENTIAL]);
		await importFile('workflow', WORKFLOWS);
		await n8n.start();
		await n8n.logIn({ email: 'owner@example.com', password: 'Playground1' });
		for (const { id } of WORKFLOWS) await n8n.publish(id);
		await waitForWebhooks(n8n.origin);
		const contenders: Contender[] = ['plain', 'package', 'code'];
		const durations = new Map(contenders.map((each) => [each, [] as number[]]));
		// Alternately, so that all meet the same conditions.
		for (let request = 0; request < WARM_UP + REQUESTS; request++) {
			for (const contender of contenders) {
				const duration = await measureRequest(n8n.origin, contender);
				if (request >= WARM_UP) durations.get(contender)!.push(duration);
			}
		}
		const results = new Map([...durations].map(([name, list]) => [name, getPercentiles(list)]));
		const plain = results.get('plain')!.median;
		for (const [name, percentiles] of results) {
			save(`Round trip of 3 nodes in n8n, ${name}: milliseconds`, {
				...percentiles,
				'relative to plain': round(percentiles.median / plain, 2),
			});
		}
		for (const concurrency of [1, 5, 20]) {
			save(`${concurrency} requests in flight`, await sustain(n8n.origin, concurrency));
		}
	} finally {
		await n8n.stop();
		await rm(folder, { recursive: true, force: true });
	}
});
