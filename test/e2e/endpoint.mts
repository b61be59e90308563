import type { IRun } from 'n8n-workflow';
import { request } from 'undici';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { N8n } from '../../playground/n8n.mjs';
import { readExamples } from '../../playground/examples.mjs';
import { parsePrivateKey } from '../../nodes/shared/whatsappFlows/dataExchange/privateKey.ts';
import { createSignedFlowToken } from '../../nodes/shared/whatsappFlows/signedFlowToken.ts';
import { openPhone } from '../browser/openPhone.mts';
import type { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import {
	callEndpoint,
	encryptRequest,
	signBody,
} from '../mock-api/page/whatsAppEndpointClient.mjs';
import { mutateRequest } from '../unit/dataExchange/mutations.mts';
import { vectors } from '../unit/dataExchange/vectors.mts';

// WhatsApp's part is whatsAppEndpointClient.mjs, which doesn't use the package's cryptography.

const { keys, passphrase, publicKey } = vectors;
const PACKAGE = 'n8n-nodes-kaleyra-flows';
const CREDENTIAL = { id: 'kaleyraEndpoint01', name: 'Endpoint' };
const SIGNED_CREDENTIAL = { id: 'kaleyraEndpoint02', name: 'Endpoint with app secret' };
const BROKEN_CREDENTIAL = { id: 'kaleyraEndpoint03', name: 'Wrong passphrase' };
const APP_SECRET = 'app0secret0of0the0end0to0end0test';

export const ENDPOINT_CREDENTIALS = [
	{ ...CREDENTIAL, data: { privateKey: keys.encryptedPkcs1, passphrase } },
	{ ...SIGNED_CREDENTIAL, data: { privateKey: keys.pkcs8, appSecret: APP_SECRET } },
	{ ...BROKEN_CREDENTIAL, data: { privateKey: keys.encryptedPkcs8, passphrase: 'wrong' } },
].map((credential) => ({ ...credential, type: 'kaleyraFlowsEndpointApi' }));

/** The AES keys of all requests, as base64 and hexadecimal. */
const aesKeys: string[] = [];

/** What must never be printed, logged, or stored. */
export const getEndpointSecrets = () => [
	passphrase,
	APP_SECRET,
	// A line in the middle of each key.
	...[keys.encryptedPkcs1, keys.pkcs8].map((pem) => pem.split('\n')[8]!),
	...aesKeys,
];

/** The unit tests send 1,000. */
const MUTATIONS = 50;

const BOOKING = 'book-an-appointment';
const ORDERS = 'validate-order-number';

interface WorkflowOptions {
	/** Parameters of the Respond nodes, which run one after the other. */
	responses: object[];
	credential?: typeof CREDENTIAL;
	trigger?: object;
	/** Between the trigger and Respond. */
	nodes?: object[];
}

/** Creates the workflow: trigger, other nodes, Respond. */
function createWorkflow(
	id: string,
	{ responses, credential = CREDENTIAL, trigger = {}, nodes = [] }: WorkflowOptions,
) {
	const base = { typeVersion: 1, position: [0, 0] };
	const chain = [
		{
			...base,
			type: `${PACKAGE}.kaleyraFlowsEndpointTrigger`,
			typeVersion: 1.1,
			webhookId: `webhook-${id}`,
			parameters: { path: id, flowTokenPolicy: 'signed', ...trigger },
			credentials: { kaleyraFlowsEndpointApi: credential },
		},
		...nodes.map((node) => ({ ...base, ...node })),
		...responses.map((parameters) => ({
			...base,
			type: `${PACKAGE}.kaleyraFlows`,
			parameters: { resource: 'endpoint', operation: 'respond', inputType: 'json', ...parameters },
			credentials: { kaleyraFlowsEndpointApi: CREDENTIAL },
		})),
	].map((node, index) => ({ ...node, id: String(index), name: String(index) }));
	const connections = Object.fromEntries(
		chain
			.slice(1)
			.map((_, index) => [
				String(index),
				{ main: [[{ node: String(index + 1), type: 'main', index: 0 }]] },
			]),
	);
	return { id, name: id, active: false, nodes: chain, connections, settings: SETTINGS };
}

const SETTINGS = { executionOrder: 'v1', saveDataSuccessExecution: 'all' };
const NEXT = { responseType: 'nextScreen', screen: 'NEXT', screenData: '{}' };
const SPLIT = {
	type: 'n8n-nodes-base.splitOut',
	parameters: { fieldToSplitOut: 'data.list', options: {} },
};
const STOP = {
	type: 'n8n-nodes-base.stopAndError',
	parameters: { errorType: 'errorMessage', errorMessage: 'Broken workflow' },
};

const WAIT = {
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { resume: 'timeInterval', amount: 11, unit: 'seconds' },
};

const WORKFLOWS = {
	echo: { responses: [{ ...NEXT, screenData: '={{ $("0").first().json }}' }] },
	expire: {
		responses: [{ responseType: 'expireToken', errorMessage: 'Too late' }],
		trigger: { path: '' },
	},
	'show-error': { responses: [{ responseType: 'error', errorMessage: 'Closed' }] },
	late: { responses: [NEXT], nodes: [WAIT] },
	twice: { responses: [NEXT, NEXT] },
	'two-items': { responses: [NEXT], nodes: [SPLIT] },
	failing: { responses: [NEXT], nodes: [STOP] },
	'without-respond': { responses: [] },
	signed: { responses: [NEXT], credential: SIGNED_CREDENTIAL, trigger: { flowTokenPolicy: 'any' } },
	misconfigured: { responses: [NEXT], credential: BROKEN_CREDENTIAL },
	'client-errors': { responses: [], trigger: { options: { emitClientErrors: true } } },
} satisfies Record<string, WorkflowOptions>;

const PATHS = Object.keys(WORKFLOWS).map((id) => (id === 'expire' ? 'webhook-expire' : id));

/** The workflows to import. */
export async function createEndpointWorkflows() {
	const examples = await readExamples({ kaleyra: '', eightByEight: '' });
	return [
		...examples.filter(({ id }) => id === BOOKING || id === ORDERS),
		...Object.entries(WORKFLOWS).map(([id, options]) => createWorkflow(id, options)),
	];
}

/** Tests Data Exchange in a running n8n that has the workflows and credentials above. */
export function describeDataExchange(getN8n: () => N8n, getMockApi: () => KaleyraMock): void {
	describe('Data Exchange in n8n', { timeout: 60_000 }, () => {
		const privateKey = parsePrivateKey(keys.pkcs8, '');
		const createToken = (payload = {}, lifetimeMs = 3_600_000) =>
			createSignedFlowToken(payload, Date.now() + lifetimeMs, privateKey);
		const token = createToken({ customer: 'Zoë' });
		const getUrl = (path: string) => `${getN8n().origin}/webhook/${path}`;

		const call = async (path: string, payload: object, options: { appSecret?: string } = {}) => {
			const rememberKey = (key: Uint8Array) => {
				const bytes = Buffer.from(key);
				aesKeys.push(bytes.toString('base64'), bytes.toString('hex'));
			};
			const { status, response } = await callEndpoint(
				getUrl(path),
				{ version: '3.0', flow_token: token, ...payload },
				{ getPublicKey: () => publicKey, rememberKey, ...options },
			);
			return { status, response };
		};
		const submit = async (path: string, screen: string, data: object) =>
			await call(path, { action: 'data_exchange', screen, data });
		const post = async (path: string, body: string, headers: object = {}) => {
			// Node.js's fetch fails for a 421.
			const response = await request(getUrl(path), {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body,
			});
			return { status: response.statusCode, text: await response.body.text() };
		};

		const listExecutions = async (
			workflowId: string,
		): Promise<{ id: string; status: string }[]> => {
			const filter = encodeURIComponent(JSON.stringify({ workflowId }));
			const { results } = await getN8n().rest('GET', `/executions?filter=${filter}&limit=100`);
			return results;
		};
		const waitForLastExecution = async (workflowId: string): Promise<IRun> => {
			const id = await vi.waitFor(async () => (await listExecutions(workflowId))[0]!.id, 10_000);
			return await getN8n().waitForExecution(id);
		};

		beforeAll(async () => {
			for (const id of [BOOKING, ORDERS, ...Object.keys(WORKFLOWS)]) await getN8n().publish(id);
			// n8n registers the webhooks after its response.
			for (const path of [BOOKING, ORDERS, ...PATHS]) {
				await vi.waitFor(async () => expect((await post(path, '{}')).status).not.toBe(404), 10_000);
			}
		});

		test.each([
			[BOOKING, 'DATE'],
			[ORDERS, 'ORDER'],
		])(
			'sends the flow of %s with a token and a key that its endpoint accepts',
			async (id, screen) => {
				const { status } = await getN8n().execute(id);
				expect(status).toBe('success');
				const { account, messages } = getMockApi();
				expect([...account.publicKeys]).toEqual([[account.phoneNumber, publicKey]]);
				const [message] = messages;
				expect(message).toMatchObject({ flowAction: 'data_exchange', to: '+919876543210' });
				const flow = getMockApi().flows.find((each) => each.id === message!.flowId);
				expect(flow?.endpoint_uri).toBe(`https://localhost:5678/webhook/${id}`);
				const opened = await call(id, { action: 'INIT', flow_token: message!.flowToken });
				expect(opened).toMatchObject({ status: 200, response: { screen } });
			},
		);

		test('serves the booking example from opening to completion', async () => {
			const opened = await call(BOOKING, { action: 'INIT', screen: '', data: {} });
			expect(opened).toMatchObject({
				status: 200,
				response: { screen: 'DATE', data: { customer: 'Zoë', services: [{ id: 'checkup' }, {}] } },
			});
			// A Monday and a Sunday.
			const monday = { date: '2027-03-01', service: 'checkup' };
			expect(await submit(BOOKING, 'DATE', { ...monday, date: '2027-03-07' })).toEqual({
				status: 200,
				response: {
					screen: 'DATE',
					data: { error_message: 'We are closed on weekends. Please pick another day.' },
				},
			});
			const slots = [
				{ id: '09:00', title: '09:00' },
				{ id: '11:30', title: '11:30' },
			];
			expect(await submit(BOOKING, 'DATE', monday)).toEqual({
				status: 200,
				response: { screen: 'SLOT', data: { slots, ...monday } },
			});
			expect(await call(BOOKING, { action: 'BACK', screen: 'SLOT' })).toMatchObject({
				status: 200,
				response: { screen: 'DATE' },
			});
			const choice = { ...monday, slot: '11:30' };
			const summary = 'checkup on 2027-03-01 at 11:30';
			expect(await submit(BOOKING, 'SLOT', choice)).toEqual({
				status: 200,
				response: { screen: 'CONFIRM', data: { summary, ...choice } },
			});
			expect(await submit(BOOKING, 'CONFIRM', choice)).toEqual({
				status: 200,
				response: {
					screen: 'SUCCESS',
					data: { extension_message_response: { params: { flow_token: token, ...choice } } },
				},
			});
		});

		test('serves the booking example to the phone in a browser', async () => {
			await getN8n().execute(BOOKING);
			const { flows, messages, origin } = getMockApi();
			const flow = flows.find(({ id }) => id === messages[0]!.flowId)!;
			flow.endpoint_uri = getUrl(BOOKING).replace('http:', 'https:');
			const { openFlow, close } = await openPhone(origin);
			try {
				const frame = await openFlow('Book');
				const submitDate = async (date: string) => {
					await frame.getByRole('radio').first().check();
					await frame.getByLabel('Date').fill(date);
					await frame.getByRole('button', { name: 'Show free slots' }).click();
				};
				await submitDate('2027-03-07');
				await frame.getByRole('alert').filter({ hasText: 'closed on weekends' }).waitFor();
				await submitDate('2027-03-01');
				await frame.getByLabel('Time').waitFor();
				await frame.getByRole('button', { name: 'Back' }).click();
				await submitDate('2027-03-01');
				await frame.getByLabel('Time').selectOption('11:30');
				await frame.getByRole('button', { name: 'Continue' }).click();
				await frame.getByText('checkup on 2027-03-01 at 11:30', { exact: true }).waitFor();
				await frame.getByRole('button', { name: 'Book' }).click();
				await frame.getByText('Completed.').waitFor();
				const exchanges = await frame.locator('.exchanges summary').allInnerTexts();
				expect(exchanges.map((text) => text.trim().replace(/\s+/g, ' '))).toEqual([
					'INIT 200',
					...['DATE', 'DATE'].map((screen) => `data_exchange ${screen} 200`),
					'BACK SLOT 200',
					...['DATE', 'SLOT', 'CONFIRM'].map((screen) => `data_exchange ${screen} 200`),
				]);
			} finally {
				await close();
			}
		});

		test('serves the example that validates an order number', async () => {
			expect(await call(ORDERS, { action: 'INIT' })).toMatchObject({
				response: { screen: 'ORDER' },
			});
			expect(await submit(ORDERS, 'ORDER', { order_number: '7' })).toMatchObject({
				response: {
					screen: 'ORDER',
					data: { error_message: expect.stringContaining('no order 7') },
				},
			});
			expect(await submit(ORDERS, 'ORDER', { order_number: ' 1001 ' })).toMatchObject({
				response: { screen: 'STATUS', data: { order_number: '1001' } },
			});
			expect(await submit(ORDERS, 'STATUS', { order_number: '1001' })).toMatchObject({
				response: { screen: 'SUCCESS' },
			});
		});

		test('answers pings and client errors without an execution', async () => {
			const before = await listExecutions('echo');
			expect(await call('echo', { action: 'ping', flow_token: undefined })).toEqual({
				status: 200,
				response: { data: { status: 'active' } },
			});
			expect(await submit('echo', 'A', { error: 'timeout_error', error_message: 'x' })).toEqual({
				status: 200,
				response: { data: { acknowledged: true } },
			});
			expect(await listExecutions('echo')).toEqual(before);
		});

		test('answers a ping whose content type n8n does not read', async () => {
			const { body, decryptResponse } = await encryptRequest(
				{ version: '3.0', action: 'ping' },
				publicKey,
			);
			const headers = { 'content-type': 'application/octet-stream' };
			const { text } = await post('echo', JSON.stringify(body), headers);
			expect(await decryptResponse(text)).toEqual({ data: { status: 'active' } });
		});

		test('starts an execution for a client error if Emit Client Errors is on', async () => {
			const { response } = await submit('client-errors', 'A', {
				error_key: 'timeout_error',
				error_message: 'x',
			});
			expect(response).toEqual({ data: { acknowledged: true } });
			const { data, status } = await waitForLastExecution('client-errors');
			expect(status).toBe('success');
			expect(data.resultData.runData['0']![0]!.data!['main']![0]![0]!.json).toMatchObject({
				screen: 'A',
				data: { error_key: 'timeout_error', error_message: 'x' },
				token: { customer: 'Zoë' },
			});
		});

		test('outputs the payload of the token and never the decrypted key', async () => {
			const { response } = await submit('echo', 'A', { text: 'Grüße 📅', id: 1 });
			expect(response.data).toMatchObject({
				action: 'data_exchange',
				data: { text: 'Grüße 📅', id: 1 },
				token: { customer: 'Zoë' },
			});
			expect(Object.keys(response.data.encryption)).toEqual([
				'encrypted_aes_key',
				'initial_vector',
			]);
		});

		test('expires the flow token with an encrypted 427, at a URL without a path of its own', async () => {
			expect(await submit('webhook-expire', 'A', {})).toEqual({
				status: 427,
				response: { error_msg: 'Too late' },
			});
		});

		test('shows an error only on a screen', async () => {
			expect(await submit('show-error', 'A', {})).toMatchObject({
				status: 200,
				response: { screen: 'A', data: { error_message: 'Closed' } },
			});
			expect(await call('show-error', { action: 'INIT' })).toMatchObject({ status: 500 });
			const { data } = await waitForLastExecution('show-error');
			expect(data.resultData.error?.message).toBe(
				"'Show Error' stays on the same screen, but the request names none",
			);
		});

		test('marks a response that WhatsApp no longer waits for', async () => {
			expect((await submit('late', 'A', {})).status).toBe(200);
			const { data } = await waitForLastExecution('late');
			const [run] = data.resultData.runData['2']!;
			expect(run!.data!['main']![0]![0]!.json).toMatchObject({ success: true, late: true });
			expect(run!.hints?.[0]?.message).toContain('WhatsApp waits 10 seconds');
		});

		test.each([
			['twice', {}],
			['two-items', { list: [1, 2] }],
		])('sends the first of two responses, and the execution fails (%s)', async (workflow, data) => {
			const { status, response } = await submit(workflow, 'A', data);
			expect({ status, response }).toEqual({ status: 200, response: { screen: 'NEXT', data: {} } });
			const execution = await waitForLastExecution(workflow);
			expect(execution.data.resultData.error?.message).toBe(
				'This execution has already responded to the request',
			);
		});

		test.each(['failing', 'without-respond', 'misconfigured'])(
			'responds with 500, not 421, if the workflow is wrong (%s)',
			async (workflow) => expect(await submit(workflow, 'A', {})).toMatchObject({ status: 500 }),
		);

		test('reports a wrong passphrase in a failed execution', async () => {
			await submit('misconfigured', 'A', {});
			const { data } = await waitForLastExecution('misconfigured');
			expect(data.resultData.error?.message).toBe(
				"The private key can't be decrypted with this passphrase",
			);
		});

		test('rejects invalid requests, each with its status, and starts no execution', async () => {
			const before = await listExecutions('echo');
			const payload = { version: '3.0', action: 'INIT', flow_token: token };
			const { body } = await encryptRequest(payload, publicKey);
			const withoutVector = { ...body, initial_vector: undefined };
			const forAnotherKey = await encryptRequest(payload, vectors.otherPublicKey);
			const unknownAction = await encryptRequest({ ...payload, action: 'x' }, publicKey);
			const requests: Record<string, string> = {
				'another key': JSON.stringify(forAnotherKey.body),
				'truncated vector': JSON.stringify({ ...body, initial_vector: 'AAAAAAAAAAA=' }),
				'flipped tag bit': JSON.stringify({ ...body, encrypted_flow_data: flipLastBit(body) }),
				'wrong base64': JSON.stringify({ ...body, encrypted_aes_key: '!' }),
				'empty body': '',
				'5 MB': JSON.stringify({ ...body, padding: 'x'.repeat(5_000_000) }),
				'missing field': JSON.stringify(withoutVector),
				'unknown action': JSON.stringify(unknownAction.body),
				'no JSON': '{',
			};
			const statuses: Record<string, number> = {};
			for (const [name, content] of Object.entries(requests)) {
				const { status, text } = await post('echo', content);
				statuses[name] = status;
				expect(text).not.toContain('screen');
			}
			expect(statuses).toEqual({
				'another key': 421,
				'truncated vector': 421,
				'flipped tag bit': 421,
				'wrong base64': 421,
				'empty body': 400,
				'5 MB': 413,
				'missing field': 400,
				'unknown action': 400,
				// n8n's own response, before the node.
				'no JSON': 422,
			});
			expect(await listExecutions('echo')).toEqual(before);
		});

		test('rejects flow tokens that are missing, expired, or of another key', async () => {
			const before = await listExecutions('echo');
			const otherKey = parsePrivateKey(keys.other, '');
			const tokens = [
				undefined,
				'b7a1-uuid',
				createToken({}, -1_000),
				createSignedFlowToken({}, Date.now() + 3_600_000, otherKey),
			];
			for (const flow_token of tokens) {
				expect(await call('echo', { action: 'INIT', flow_token })).toEqual({
					status: 427,
					response: { error_msg: 'This form has expired. Ask us for a new one.' },
				});
			}
			expect(await listExecutions('echo')).toEqual(before);
		});

		test('verifies the signature if there is an app secret', async () => {
			const payload = { action: 'INIT' };
			expect(await call('signed', payload, { appSecret: APP_SECRET })).toMatchObject({
				status: 200,
			});
			expect(await call('signed', payload, { appSecret: 'other' })).toMatchObject({ status: 432 });
			expect(await call('signed', payload)).toMatchObject({ status: 432 });
			// Signed over the raw bytes, with spaces that JSON.stringify wouldn't write.
			const { body } = await encryptRequest({ ...payload, flow_token: token }, publicKey);
			const text = JSON.stringify(body, null, 3);
			const signature = await signBody(text, APP_SECRET);
			const { status } = await post('signed', text, { 'x-hub-signature-256': signature });
			expect(status).toBe(200);
		});

		test('rejects random mutations of a request and starts no execution', async () => {
			const before = await listExecutions('echo');
			const payload = { version: '3.0', action: 'INIT', flow_token: token };
			const postMutation = async (seed: number) => {
				const { body } = await encryptRequest(payload, publicKey);
				return await post('echo', mutateRequest(body, seed).mutated);
			};
			const seeds = Array.from({ length: MUTATIONS }, (_, index) => index + 1);
			const responses = await Promise.all(seeds.map(postMutation));
			const accepted = responses.filter(
				({ status, text }) => ![400, 421, 422].includes(status) || text.includes('screen'),
			);
			expect(accepted).toEqual([]);
			expect(await listExecutions('echo')).toEqual(before);
			expect(await call('echo', { action: 'ping' })).toMatchObject({ status: 200 });
		});
	});
}

function flipLastBit({ encrypted_flow_data: data }: { encrypted_flow_data: string }): string {
	const bytes = Buffer.from(data, 'base64');
	bytes[bytes.length - 1]! ^= 1;
	return bytes.toString('base64');
}
