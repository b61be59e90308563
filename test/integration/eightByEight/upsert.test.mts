import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { createFlowJson } from '../../mock-api/accounts.mts';
import { VALIDATION_ERROR } from '../../mock-api/eightByEight/accounts.mts';
import type { Scripted } from '../../mock-api/faults.mts';
import { DRAFT, findFlow, mockApi, run, setUp } from './setup.mts';

setUp();

const NAME = 'Neuer Flow 🌱';
const FLOW_JSON = createFlowJson('Grüße 👋');
const upsert = async (parameters: IDataObject = {}) =>
	await run('upsert', { name: NAME, categories: ['OTHER'], flowJson: FLOW_JSON, ...parameters });
const getItem = async (parameters?: IDataObject) => (await upsert(parameters)).main[0]?.json;
const findNew = () => mockApi.flows.filter(({ name }) => name === NAME);
const getWrites = () =>
	mockApi.requests
		.filter(({ method }) => method !== 'GET')
		.map(({ method, target }) => `${method} ${target.split('/flows')[1]}`);
const scriptWrites = (...responses: (Scripted | undefined)[]) => {
	mockApi.settings.always = ({ method }) => (method === 'GET' ? undefined : responses.shift());
};
const OUTPUT = { name: NAME, status: 'DRAFT', created: true, published: false };

describe('Create or Update', () => {
	test('creates a flow with its JSON in one request', async () => {
		const item = await getItem();
		expect(item).toMatchObject({ ...OUTPUT, changed: ['json', 'categories'] });
		expect(getWrites()).toEqual(['POST ']);
		expect(findNew()).toMatchObject([{ id: item?.['id'], flowJson: FLOW_JSON }]);
	});

	test('sends no write the second time, also with other formatting', async () => {
		await upsert();
		mockApi.requests = [];
		const flowJson = JSON.stringify(JSON.parse(FLOW_JSON));
		expect(await getItem({ flowJson })).toMatchObject({ created: false, changed: [] });
		expect(getWrites()).toEqual([]);
	});

	test('updates the JSON and the categories that differ', async () => {
		const parameters = { name: 'Book a test drive', flowJson: '{"version":"7.1","screens":[]}' };
		expect(await getItem(parameters)).toMatchObject({
			id: DRAFT,
			created: false,
			changed: ['json', 'categories'],
		});
		expect(getWrites()).toEqual([`PUT /${DRAFT}`, `PUT /${DRAFT}`]);
		expect(findFlow(DRAFT)).toMatchObject({
			flowJson: '{"version":"7.1","screens":[]}',
			categories: ['OTHER'],
		});
	});

	test('downloads the JSON without the API key', async () => {
		await upsert({ name: 'Book a test drive' });
		const { requests } = await mockApi.files.start();
		expect(requests).toHaveLength(1);
		expect(requests[0]?.head).not.toMatch(/authorization/i);
		expect(requests[0]?.head).not.toContain(mockApi.account.apiKey);
	});

	test('publishes a draft without validation errors with Publish', async () => {
		expect(await getItem({ options: { publish: true } })).toMatchObject({
			status: 'PUBLISHED',
			published: true,
		});
		expect(await getItem({ options: { publish: true } })).toMatchObject({
			status: 'PUBLISHED',
			published: false,
			changed: [],
		});
	});

	test('does not publish a flow with validation errors, and shows a hint', async () => {
		const { main, hints } = await upsert({
			flowJson: '{"version":"7.1","screens":{}}',
			options: { publish: true, fieldNames: 'snakeCase' },
		});
		expect(main[0]?.json).toMatchObject({
			status: 'DRAFT',
			published: false,
			validation_errors: [{ error: VALIDATION_ERROR.error, line_start: 1 }],
		});
		expect(hints[0]).toContain("has validation errors, so it wasn't published");
	});

	test('fails with 8x8’s error for a published flow that differs', async () => {
		const { error } = await upsert({ name: 'Delivery survey' });
		expect(error?.message).toBe('Invalid parameter');
		expect(error?.description).toContain('Only a draft can be updated');
	});

	test('finds the new flow in the list when the response is lost', async () => {
		scriptWrites({ fault: 'reset', applyFirst: true });
		const item = await getItem();
		expect(item).toMatchObject({ ...OUTPUT, confirmed_by_list: true, changed: [] });
		expect(findNew()).toHaveLength(1);
		expect(getWrites()).toEqual(['POST ']);
	});

	test('updates a namesake that appears while the response to Create is lost', async () => {
		mockApi.settings.always = ({ method }) => {
			if (method !== 'POST') return undefined;
			findFlow(DRAFT)!.name = NAME;
			return { fault: 'reset' };
		};
		expect(await getItem()).toMatchObject({ id: DRAFT, changed: ['json', 'categories'] });
		expect(findFlow(DRAFT)).toMatchObject({ flowJson: FLOW_JSON, categories: ['OTHER'] });
	});

	test('fails without a write when several flows have the name', async () => {
		for (const flow of mockApi.flows.slice(0, 2)) flow.name = NAME;
		const { error } = await upsert();
		expect(error?.message).toBe(`2 flows are named ${JSON.stringify(NAME)}`);
		expect(getWrites()).toEqual([]);
	});

	test('fails without a write when the list has as many flows as it can', async () => {
		const [flow] = mockApi.flows;
		const flows = Array.from({ length: 1000 }, (_, id) => ({ id: String(id), name: flow!.name }));
		mockApi.settings.always = ({ method }) =>
			method === 'GET' ? { status: 200, body: { flows } } : undefined;
		const { error } = await upsert();
		expect(error?.message).toContain('The list of flows is incomplete');
		expect(getWrites()).toEqual([]);
	});

	test('finds a flow that an earlier item created and the list lacks', async () => {
		mockApi.settings.always = ({ method, target }) =>
			method === 'GET' && target.includes('?limit=')
				? { status: 200, body: { flows: [] } }
				: undefined;
		const { main } = await run(
			'upsert',
			{ name: NAME, categories: ['OTHER'], flowJson: FLOW_JSON },
			{ items: [{}, {}] },
		);
		expect(main.map(({ json }) => json['created'])).toEqual([true, false]);
		expect(getWrites()).toEqual(['POST ']);
	});

	test('is not sent again when the list lacks the flow', async () => {
		scriptWrites({ fault: 'reset' });
		const { error } = await upsert();
		expect(error?.description).toContain("most likely it wasn't");
		expect(getWrites()).toEqual(['POST ']);
	});

	test('updates the flow that another execution created at the same time', async () => {
		let raced = false;
		mockApi.settings.always = async ({ method }) => {
			if (method === 'POST' && !raced) {
				raced = true;
				await upsert({ flowJson: '{"version":"7.1","screens":[]}' });
			}
			return undefined;
		};
		expect(await getItem()).toMatchObject({ created: false, changed: ['json'] });
		expect(findNew()).toMatchObject([{ flowJson: FLOW_JSON }]);
	});
});
