import { parsePrivateKey } from '../nodes/shared/whatsappFlows/dataExchange/privateKey.ts';
import { createSignedFlowToken } from '../nodes/shared/whatsappFlows/signedFlowToken.ts';
import { encryptRequest } from '../test/mock-api/page/whatsAppEndpointClient.mjs';
import { vectors } from '../test/unit/dataExchange/vectors.mts';
import { benchmark, round } from './benchmark.mts';
import type { Contender } from './endpointWorkflows.mts';
import { CREDENTIAL, isPlain, WORKFLOWS } from './endpointWorkflows.mts';
import { callWebhook, rotate, SETTINGS, withN8n } from './realN8n.mts';

const WARM_UP = 10;
const REQUESTS = 50;
/** Between requests, so that none pays for the work that n8n does after the response to another one. */
const PAUSE_MS = 100;
const SUSTAINED_MS = 10_000;
const PING_INTERVAL_MS = 200;
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
	const plain = isPlain(contender);
	const { duration, text } = await callWebhook(origin, contender, plain ? payload : body);
	const { screen, data } = plain ? JSON.parse(text) : await decryptResponse(text);
	if (screen !== 'SLOT' && data?.status !== 'active') throw new Error(`Unexpected: ${text}`);
	return duration;
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
	const setup = { credentials: [CREDENTIAL], workflows: WORKFLOWS, settings: SETTINGS };
	await withN8n(setup, async ({ origin }, settings) => {
		const contenders: Contender[] = ['plain', 'expression', 'package', 'code'];
		const durations = new Map(contenders.map((each) => [each, [] as number[]]));
		for (let request = 0; request < WARM_UP + REQUESTS; request++) {
			for (const contender of rotate(contenders, request)) {
				await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
				const duration = await measureRequest(origin, contender);
				if (request >= WARM_UP) durations.get(contender)!.push(duration);
			}
		}
		const results = new Map([...durations].map(([name, list]) => [name, getPercentiles(list)]));
		const plain = results.get('plain')!.median;
		for (const [name, percentiles] of results) {
			save(`Round trip of 3 nodes in n8n, ${settings}, ${name}: milliseconds`, {
				...percentiles,
				'relative to plain': round(percentiles.median / plain, 2),
			});
		}
		for (const concurrency of [1, 20]) {
			const figures = await sustain(origin, concurrency);
			save(`${concurrency} requests in flight, ${settings}`, figures);
		}
	});
});
