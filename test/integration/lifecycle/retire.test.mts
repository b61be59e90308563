import { describe, expect, test } from 'vitest';
import { incorrectPayload } from '../../mock-api/errors.mts';
import type { Scripted } from '../../mock-api/faults.mts';
import {
	DRAFT,
	getRequests,
	harness,
	mockApi,
	PUBLISHED,
	setUp,
	toJson,
	UNKNOWN_FLOW,
} from '../setup.mts';
import { findFlow, getUrl, getWrites, LOST_RESPONSES, runOn, scriptWrites } from './setup.mts';

setUp();

const THROTTLED = '900000000000004';
const BLOCKED = '900000000000005';
const DEPRECATED = '900000000000006';
const deprecated = (id: string) => ({
	id,
	success: true,
	status: 'DEPRECATED',
	url: getUrl(id),
});
const DELETED = { id: DRAFT, name: 'Book an appointment', success: true, deleted: true };
const ONE_RETRY = { options: { maxRetries: 1 } };
const IN_ENVELOPE = { code: 'WA200', data: { note: 'x' }, error: {} };

describe('Deprecate', () => {
	test('sends a POST without a body and content type, as Kaleyra documents', async () => {
		const { main } = await runOn('deprecate', PUBLISHED);
		expect(toJson(main)).toEqual([deprecated(PUBLISHED)]);
		expect(getRequests()).toEqual([`POST /${PUBLISHED}/deprecate`]);
		expect(mockApi.requests[0]?.body).toBe('');
		expect(mockApi.requests[0]?.head).not.toContain('Content-Type');
		expect(findFlow(PUBLISHED)?.status).toBe('DEPRECATED');
	});

	test.each([THROTTLED, BLOCKED])('deprecates the unhealthy flow %s', async (id) => {
		expect(toJson((await runOn('deprecate', id)).main)).toEqual([deprecated(id)]);
	});

	test('accepts a response in an envelope', async () => {
		mockApi.settings.envelope = true;
		expect(toJson((await runOn('deprecate', PUBLISHED)).main)[0]).toHaveProperty('success', true);
	});

	test('succeeds for a flow that is already deprecated', async () => {
		const { main } = await runOn('deprecate', DEPRECATED);
		expect(toJson(main)).toEqual([{ ...deprecated(DEPRECATED), already_deprecated: true }]);
		expect(getRequests()).toEqual([`POST /${DEPRECATED}/deprecate`, `GET /${DEPRECATED}`]);
	});

	test('fails with Kaleyra’s error and the status for a draft', async () => {
		const { error } = await runOn('deprecate', DRAFT);
		expect(error?.message).toBe('Refer to correct payload format');
		expect(error?.description).toMatch(
			/^Only a flow with status PUBLISHED or THROTTLED or BLOCKED can be deprecated, and this flow's status is DRAFT\./,
		);
		expect(getWrites()).toHaveLength(1);
	});

	test.each(LOST_RESPONSES)(
		'is confirmed by the status after %s and sent once',
		async (_, fault, options) => {
			scriptWrites(fault);
			const { main } = await runOn('deprecate', PUBLISHED, {
				options: { ...options, maxRetries: 2 },
			});
			expect(toJson(main)).toEqual([{ ...deprecated(PUBLISHED), confirmed_by_status: true }]);
			expect(getWrites()).toHaveLength(1);
		},
	);

	test.each([PUBLISHED, THROTTLED, BLOCKED])(
		'is sent again when the status of flow %s is unchanged after a connection reset',
		async (id) => {
			scriptWrites({ fault: 'reset' });
			const { main } = await runOn('deprecate', id, ONE_RETRY);
			expect(toJson(main)).toEqual([deprecated(id)]);
			expect(getWrites()).toHaveLength(2);
		},
	);

	test('is sent again after a rate limit', async () => {
		scriptWrites({ status: 429, headers: { 'retry-after': '0' } });
		expect(toJson((await runOn('deprecate', PUBLISHED)).main)[0]).toHaveProperty('success', true);
	});

	test('reports that it is unknown when the flow cannot be read', async () => {
		mockApi.settings.always = () => ({ fault: 'reset' });
		const { error } = await runOn('deprecate', PUBLISHED, { options: { maxRetries: 0 } });
		expect(error?.description).toMatch(/^It's unknown whether the flow was deprecated/);
	});
});

test.each<[string, string, string, object, object]>([
	['deprecate', 'a', PUBLISHED, deprecated(PUBLISHED), { success: true, note: 'x' }],
	['delete', 'a', DRAFT, DELETED, { success: true, note: 'x' }],
	['deprecate', 'an enveloped', PUBLISHED, deprecated(PUBLISHED), IN_ENVELOPE],
	['delete', 'an enveloped', DRAFT, DELETED, IN_ENVELOPE],
])('%s passes on unknown fields of %s response', async (operation, _, id, output, body) => {
	scriptWrites({ status: 200, body });
	expect(toJson((await runOn(operation, id)).main)).toEqual([{ ...output, note: 'x' }]);
	expect(getWrites()).toHaveLength(1);
});

const SUCCESSES: [string, Scripted][] = [
	['code WA200', { status: 200, body: { code: 'WA200', data: {}, error: {} } }],
	['code WA200 without data', { status: 200, body: { code: 'WA200' } }],
	['code WA200 with data null', { status: 200, body: { code: 'WA200', data: null } }],
	['{}', { status: 200, body: {} }],
	['status 204', { status: 204, body: '' }],
];

test.each(
	SUCCESSES.flatMap(([title, response]) => [
		['deprecate', PUBLISHED, title, response] as const,
		['delete', DRAFT, title, response] as const,
	]),
)(
	'%s of flow %s takes %s for a success, without another request',
	async (operation, id, _, response) => {
		scriptWrites({ ...response, applyFirst: true });
		const { main } = await runOn(operation, id);
		expect(toJson(main)).toEqual([operation === 'delete' ? DELETED : deprecated(id)]);
		expect(getRequests().at(-1)).not.toMatch(/^GET/);
	},
);

describe('Delete', () => {
	test('reads the draft and then sends a DELETE with a JSON content type', async () => {
		const { main } = await runOn('delete', DRAFT);
		expect(toJson(main)).toEqual([DELETED]);
		expect(getRequests()).toEqual([`GET /${DRAFT}`, `DELETE /${DRAFT}`]);
		expect(mockApi.requests[1]?.head).toContain('\r\nContent-Type: application/json\r\n');
		expect(mockApi.requests[1]?.body).toBe('');
		expect(findFlow(DRAFT)).toBeUndefined();
	});

	test('accepts a response in an envelope', async () => {
		mockApi.settings.envelope = true;
		expect(toJson((await runOn('delete', DRAFT)).main)[0]).toHaveProperty('deleted', true);
	});

	test.each([PUBLISHED, THROTTLED, BLOCKED, DEPRECATED])(
		'fails without a DELETE for flow %s, which is not a draft',
		async (id) => {
			const { error } = await runOn('delete', id);
			expect(error?.message).toBe(`Flow ${id} is ${findFlow(id)?.status} and was not deleted`);
			expect(error?.description).toContain('deprecate it');
			expect(getWrites()).toEqual([]);
		},
	);

	test('fails without a DELETE for an unknown flow', async () => {
		const { error } = await runOn('delete', UNKNOWN_FLOW);
		expect(error?.description).toContain('Check the flow ID');
		expect(getWrites()).toEqual([]);
	});

	test.each(LOST_RESPONSES)(
		'is confirmed by "does not exist" after %s and sent once',
		async (_, fault, options) => {
			scriptWrites(fault);
			const { main } = await runOn('delete', DRAFT, { options: { ...options, maxRetries: 2 } });
			expect(toJson(main)).toEqual([{ ...DELETED, confirmed_by_status: true }]);
			expect(getWrites()).toHaveLength(1);
			expect(getRequests().at(-1)).toBe(`GET /${DRAFT}`);
		},
	);

	test('is sent again when the draft still exists after a connection reset', async () => {
		scriptWrites({ fault: 'reset' });
		const { main } = await runOn('delete', DRAFT, ONE_RETRY);
		expect(toJson(main)).toEqual([DELETED]);
		expect(getWrites()).toHaveLength(2);
	});

	test('succeeds when another execution deletes the flow at the same time', async () => {
		mockApi.settings.always = ({ method }) => {
			if (method === 'DELETE') mockApi.account.wabas.forEach((flows) => flows.splice(0, 1));
			return undefined;
		};
		const { main } = await runOn('delete', DRAFT);
		expect(toJson(main)).toEqual([{ ...DELETED, already_deleted: true }]);
	});

	test('fails when Kaleyra rejects it and the flow still exists', async () => {
		scriptWrites(incorrectPayload);
		const { error } = await runOn('delete', DRAFT);
		expect(error?.message).toBe('Refer to correct payload format');
		expect(findFlow(DRAFT)).toBeDefined();
	});

	/** Responds to reads of the flow, after a DELETE whose response is lost, as Kaleyra may for a deleted flow. */
	const loseDeletedFlow = (flow: Scripted = incorrectPayload, list?: Scripted) => {
		mockApi.settings.always = ({ method, target }) => {
			if (method === 'DELETE') return { fault: 'reset', applyFirst: true };
			if (getWrites().length === 0) return undefined;
			return target.includes('/flows') ? list : flow;
		};
	};

	test('is confirmed by the list when reading the flow fails with a code of Kaleyra’s', async () => {
		loseDeletedFlow();
		const { main } = await runOn('delete', DRAFT, ONE_RETRY);
		expect(toJson(main)).toEqual([{ ...DELETED, confirmed_by_status: true }]);
		expect(getWrites()).toHaveLength(1);
	});

	test('says that the flow was most likely deleted when the list cannot be read', async () => {
		loseDeletedFlow(incorrectPayload, { status: 403, body: '' });
		const { error } = await runOn('delete', DRAFT, ONE_RETRY);
		expect(error?.description).toContain('but most likely it was');
	});

	test('says that the flow was most likely deleted when there is no WABA whose list can be read', async () => {
		harness.credential = { ...harness.credential, wabaId: '' };
		loseDeletedFlow();
		const { error } = await runOn('delete', DRAFT, ONE_RETRY);
		expect(error?.description).toContain('but most likely it was');
		expect(getRequests().at(-1)).toBe(`GET /${DRAFT}`);
	});

	test.each<[string, Scripted]>([
		['status 403', { status: 403, body: '' }],
		['a redirect', { status: 302, headers: { location: '/login' } }],
		['an HTML page', { status: 200, body: '<html>' }],
		['an unknown code', { status: 400, body: { code: 'WA-777', message: 'No' } }],
	])('does not take a flow for deleted when reading it returns %s', async (_, scripted) => {
		loseDeletedFlow(scripted);
		const { error } = await runOn('delete', DRAFT, ONE_RETRY);
		expect(error?.description).toMatch(
			/^It's unknown whether the flow was deleted, because reading the flow failed/,
		);
		expect(getWrites()).toHaveLength(1);
	});

	test('does not take a flow for deleted that the list still has', async () => {
		mockApi.settings.always = ({ method, target }) => {
			if (method === 'DELETE') return { fault: 'reset' };
			return getWrites().length > 0 && !target.includes('/flows') ? incorrectPayload : undefined;
		};
		const { error } = await runOn('delete', DRAFT, ONE_RETRY);
		expect(error?.description).toContain('the list still has it');
		expect(getWrites()).toHaveLength(1);
	});

	test('does not treat a flow as deleted if it can be read without a status', async () => {
		mockApi.settings.always = ({ method }) => {
			if (method === 'DELETE') return { fault: 'reset' };
			return getWrites().length > 0 ? { status: 200, body: { id: DRAFT } } : undefined;
		};
		const { error } = await runOn('delete', DRAFT, ONE_RETRY);
		expect(error?.description).toContain(
			"It's unknown whether the flow was deleted. Check the flow before you delete it again.",
		);
		expect(getWrites()).toHaveLength(1);
	});

	test('does not take another error than "does not exist" for a deleted flow', async () => {
		let reads = 0;
		mockApi.settings.always = ({ method }) => {
			if (method === 'DELETE') return { fault: 'reset' };
			return ++reads > 1 ? incorrectPayload : undefined;
		};
		const { error } = await runOn('delete', DRAFT, ONE_RETRY);
		expect(error?.description).toMatch(/^It's unknown whether the flow was deleted/);
		expect(getWrites()).toHaveLength(1);
	});
});
