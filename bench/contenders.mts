import { createRequire } from 'node:module';
import type { IDataObject, IExecuteFunctions, INode, INodeType } from 'n8n-workflow';
import { request } from 'undici';
import type { N8nTestHarness } from '../test/integration/n8nHarness.mts';
import { getFlowIds } from './flowIds.mts';
import type { Report } from './mockApi.mts';

/** The implementations that are compared. Each reads flows of the mock API and returns them. */

const require = createRequire(import.meta.url);
const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';
const JSON_CONTENT = { 'Content-Type': 'application/json' };
const BARE_LOOP = 'bareLoop';
const WITH_RETRIES = 'HTTP Request with Retry On Fail (5 tries, 5 s)';
const PLAIN_NODE = {
	displayName: 'Bare Loop',
	name: 'bareLoop',
	group: ['input'],
	version: 1,
	description: '',
	defaults: { name: 'Bare Loop' },
	inputs: ['main'],
	outputs: ['main'],
	properties: [],
};

type Credential = Report['credential'];
const baseUrl = ({ apiDomain, sid }: Credential) => `${apiDomain}/v2/${sid}/whatsapp`;

interface ReadOptions {
	onError?: INode['onError'];
	retryOnFail?: boolean;
}

/** The built node in n8n's execution engine. */
export async function readWithNode(
	harness: N8nTestHarness,
	count: number,
	{ onError }: ReadOptions = {},
) {
	const items = getFlowIds(count).map((id) => ({ id }));
	const flowId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
	const { main } = await harness.run(
		{ resource: 'flow', operation: 'get', flowId },
		{ items, ...(onError && { onError }) },
	);
	return main;
}

/** Sends a flow to many recipients with the built node. */
export async function sendMessages(harness: N8nTestHarness, count: number) {
	const [flowId] = getFlowIds(1);
	const { main, error } = await harness.run(
		{
			resource: 'message',
			operation: 'sendFlow',
			to: '={{ $json.to }}',
			flowId: { __rl: true, mode: 'id', value: flowId },
			bodyText: 'Tell us what you think.',
			buttonText: 'Start',
			options: { concurrency: 10, mode: 'draft' },
		},
		{ items: Array.from({ length: count }, (_, index) => ({ to: `+9198${10_000_000 + index}` })) },
	);
	if (error) throw error;
	return main;
}

/** n8n's HTTP Request node in the same engine, with the same credential. */
export async function readWithHttpRequest(
	harness: N8nTestHarness,
	credential: Credential,
	count: number,
	{ onError, retryOnFail = false }: ReadOptions = {},
) {
	if (!harness.others.has(HTTP_REQUEST)) {
		const {
			HttpRequest,
		} = require('../playground/node_modules/n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js');
		harness.others.set(HTTP_REQUEST, new HttpRequest() as INodeType);
	}
	const parameters = {
		method: 'GET',
		url: `=${baseUrl(credential)}/{{ $json.id }}`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'kaleyraApi',
		options: {},
	};
	const retries = { retryOnFail, maxTries: 5, waitBetweenTries: 5000 };
	const { main } = await harness.run(parameters, {
		items: getFlowIds(count).map((id) => ({ id })),
		...(onError && { onError }),
		node: { type: HTTP_REQUEST, typeVersion: 4.2, ...(retryOnFail && retries) },
	});
	return main;
}

type Reader = (
	harness: N8nTestHarness,
	credential: Credential,
	count: number,
	options?: ReadOptions,
) => Promise<unknown[]>;

/** The nodes that are compared under a rate limit. */
export const READERS: Record<'Kaleyra Flows' | 'HTTP Request' | typeof WITH_RETRIES, Reader> = {
	'Kaleyra Flows': async (harness, _credential, count, options) =>
		await readWithNode(harness, count, options),
	'HTTP Request': readWithHttpRequest,
	[WITH_RETRIES]: async (harness, credential, count, options) =>
		await readWithHttpRequest(harness, credential, count, { ...options, retryOnFail: true }),
};

/** A loop with undici: the lower bound. */
export async function readWithUndici(credential: Credential, count: number, concurrency: number) {
	const pending = getFlowIds(count);
	const results: unknown[] = [];
	const worker = async () => {
		for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
			results.push(await getJson(`${baseUrl(credential)}/${id}`, credential));
		}
	};
	await Promise.all(Array.from({ length: concurrency }, worker));
	return results;
}

/** The whole list with the node. */
export async function listWithNode(
	harness: N8nTestHarness,
	parameters: IDataObject,
	items: IDataObject[] = [{}],
) {
	const { main } = await harness.run(
		{ resource: 'flow', operation: 'getMany', ...parameters },
		{ items },
	);
	return main;
}

/** The whole list with n8n's HTTP helper in a loop: the lower bound for a node. */
export async function listWithHelper(harness: N8nTestHarness, credential: Credential) {
	harness.others.set(BARE_LOOP, bareLoop(credential));
	const { main, error } = await harness.run({}, { node: { type: BARE_LOOP } });
	if (error) throw error;
	return main;
}

const bareLoop = (credential: Credential) =>
	({
		description: { ...PLAIN_NODE, credentials: [{ name: 'kaleyraApi', required: true }] },
		async execute(this: IExecuteFunctions) {
			const flows: unknown[] = [];
			await followCursors(credential, flows, async (url) => {
				const { httpRequestWithAuthentication } = this.helpers;
				const options = { url, headers: JSON_CONTENT };
				return await httpRequestWithAuthentication.call(this, 'kaleyraApi', options);
			});
			return [flows.map((json) => ({ json }))];
		},
	}) as unknown as INodeType;

/** The whole list with undici, following the same cursors. */
export async function listWithUndici(credential: Credential) {
	const flows: unknown[] = [];
	await followCursors(credential, flows, async (url) => await getJson(url, credential));
	return flows;
}

/** Reads all pages, including the empty one after the last. */
async function followCursors(
	credential: Credential,
	flows: unknown[],
	get: (url: string) => Promise<unknown>,
) {
	for (let after = ''; ; ) {
		const url = `${baseUrl(credential)}/${credential.wabaId}/flows${after && `?after=${encodeURIComponent(after)}`}`;
		const page = (await get(url)) as Page;
		flows.push(...page.data);
		if (page.data.length === 0 || !page.paging) return;
		after = page.paging.cursors.after;
	}
}

interface Page {
	data: unknown[];
	paging?: { cursors: { after: string } };
}

async function getJson(url: string, { apiKey }: Credential): Promise<unknown> {
	const headers = { 'api-key': apiKey, ...JSON_CONTENT };
	const { body } = await request(url, { headers });
	return await body.json();
}
