import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Verdict } from '../../verify-live/finding.mts';
import type { VerifyOptions } from '../../verify-live/verify.mts';
import { verify } from '../../verify-live/verify.mts';
import { flow } from '../mock-api/accounts.mts';
import { incorrectKey, incorrectPayload, noSuchFlow } from '../mock-api/errors.mts';
import { FileHost } from '../mock-api/FileHost.mts';
import type { Recorded, Scripted } from '../mock-api/KaleyraMock.mts';
import { EMPTY_WABA, findClosedOrigin, harness, mockApi, setUp, WABA } from './setup.mts';

setUp();

/** The assumptions by the start of their text. */
async function getVerdicts(options: Partial<VerifyOptions> = {}): Promise<[string, Verdict][]> {
	const findings = await verify(harness, { credential: mockApi.credential, ...options });
	return findings.map(({ assumption, verdict }) => [assumption, verdict]);
}
async function getVerdict(start: string, options?: Partial<VerifyOptions>) {
	const matches = (await getVerdicts(options)).filter(([text]) => text.startsWith(start));
	expect(matches, start).toHaveLength(1);
	return matches[0]![1];
}
const respondTo = (pattern: RegExp, respond: (request: Recorded) => Scripted | undefined) => () => {
	mockApi.settings.always = (request) =>
		pattern.test(`${request.method} ${request.target}`) ? respond(request) : undefined;
};
const change = (settings: Partial<typeof mockApi.settings>) => () => {
	Object.assign(mockApi.settings, settings);
};
const useEmptyWaba = () => mockApi.account.wabas.set(WABA, []);
const UNAVAILABLE = () => ({ status: 503, headers: { 'retry-after': '0' } });
const list = (row: object) => ({ body: { data: [{ id: '1', ...row }] } });

describe('The read-only checks', () => {
	test('send only GET requests', async () => {
		await getVerdicts();
		expect(new Set(mockApi.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
	});

	test('confirm what the mock API assumes', async () => {
		mockApi.settings.limit = true;
		const flows = Array.from({ length: 30 }, (_, index) => flow(String(1_000 + index)));
		mockApi.account.wabas.set(WABA, flows);
		const origin = { apiDomain: mockApi.origin };
		const verdicts = await getVerdicts({ singapore: [origin, origin] });
		expect(verdicts.filter(([, verdict]) => verdict !== 'confirmed')).toEqual([]);
		expect(verdicts.length).toBeGreaterThan(15);
	});

	test('fail if the account cannot be read', async () => {
		const credential = { ...mockApi.credential, apiKey: 'A0wrong' };
		await expect(verify(harness, { credential })).rejects.toThrow('Incorrect SID or API key.');
	});

	const singleFields = change({ fields: 'single' });
	const doubleFields = change({ fields: 'double' });
	const ignoredFields = change({ fields: 'single', unknownFields: 'ignore' });

	test.each<[string, string, () => void]>([
		['Get Many: `fields` with encoding double', 'rejected', singleFields],
		['Get Many: `fields` with encoding double', 'ignored', ignoredFields],
		['Get Many: `fields` with encoding single', 'rejected', doubleFields],
		['Get Many: `fields` with encoding none', 'rejected', doubleFields],
		['Get: `fields` with encoding double', 'rejected', singleFields],
		['Get: `fields` with encoding double', 'ignored', ignoredFields],
		['Get: `fields` with encoding single', 'rejected', doubleFields],
		['Get: `fields` with encoding none', 'rejected', doubleFields],
		['Get: `fields` accepts `id`', 'rejected', respondTo(/fields=status$/, () => incorrectPayload)],
		['Get returns `health_status`', 'missing', respondTo(/fields=health/, () => list({}))],
		[
			'`health_status` has',
			'in another form',
			respondTo(/fields=health/, () => ({ body: { id: '1', health_status: { status: 'OK' } } })),
		],
		[
			'The time zone',
			'named otherwise',
			respondTo(/fields=whatsapp/, () => ({
				body: { id: '1', whatsapp_business_account: { time_zone_id: '74' } },
			})),
		],
		[
			'Get Many: `updated_at`',
			'a number',
			respondTo(/fields=updated_at/, () => list({ updated_at: 1_760_000_000 })),
		],
		[
			'Validation errors are',
			'named otherwise',
			respondTo(/flows$/, () => list({ validation_error: [] })),
		],
		['Flow IDs contain', 'text', respondTo(/flows$/, () => list({ id: 'flow-1' }))],
		['`limit` is accepted', 'ignored', () => {}],
		['`limit` is accepted', 'rejected', respondTo(/limit=/, () => incorrectPayload)],
		['The cursor `after`', 'ignored', change({ cursors: 'ignored' })],
		['The cursor `after`', 'rejected', respondTo(/after=/, () => incorrectPayload)],
		['The last page carries', 'without a cursor', change({ cursors: 'ending', pageSize: 3 })],
		['The default page has', 'shorter', change({ pageSize: 3 })],
		['Get: an unknown flow', 'HTTP 404', respondTo(/\/9{15}$/, () => ({ status: 404 }))],
		[
			'Get Many: an unknown WABA',
			'an empty list',
			respondTo(/9{15}\/flows$/, () => ({ body: { data: [] } })),
		],
		['Flow `0` does not exist', 'a flow', respondTo(/\/0$/, () => ({ body: { id: '0' } }))],
		['Flow `0` does not exist', 'a wrong key', respondTo(/\/0$/, () => incorrectKey)],
		['The API key is checked', 'after the ID', respondTo(/\/0$/, () => noSuchFlow)],
	])('contradict "%s" when it is %s', async (assumption, _, vary) => {
		vary();
		expect(await getVerdict(assumption)).toBe('contradicted');
	});

	test.each<[string, string, () => void]>([
		['Get Many: `fields` with encoding double', 'there is no flow', useEmptyWaba],
		['Get: `fields` with encoding double', 'there is no flow', useEmptyWaba],
		['Get returns `health_status`', 'there is no flow', useEmptyWaba],
		['`health_status` has', 'it is not returned', respondTo(/fields=health/, () => list({}))],
		['The cursor `after`', 'there is no cursor', respondTo(/flows/, () => list({}))],
		['The last page carries', 'cursors are ignored', change({ cursors: 'ignored' })],
		['The default page has', 'the WABA has few flows', () => {}],
		['`limit` is accepted', 'there is one flow', respondTo(/flows/, () => list({}))],
		['Singapore: `api.kaleyra.io`', 'the account is elsewhere', () => {}],
		['Get: an unknown flow', 'a server error hides it', respondTo(/\/9{15}$/, UNAVAILABLE)],
		['The API key is checked', 'a server error hides it', respondTo(/\/0$/, UNAVAILABLE)],
		['Get: `fields` accepts `id`', 'one name is inconclusive', respondTo(/=status$/, UNAVAILABLE)],
		['The cursor `after`', 'a server error hides it', respondTo(/after=/, UNAVAILABLE)],
	])('do not decide "%s" when %s', async (assumption, _, vary) => {
		vary();
		expect(await getVerdict(assumption)).toBe('not decidable');
	});

	test('contradict a host for Singapore that does not respond', async () => {
		const singapore = [{ apiDomain: mockApi.origin }, { apiDomain: await findClosedOrigin() }];
		const verdicts = (await getVerdicts({ singapore })).filter(([text]) => /^Singapore/.test(text));
		expect(verdicts.map(([, verdict]) => verdict)).toEqual(['confirmed', 'contradicted']);
	});
});

describe('The checks with --write', () => {
	let host: FileHost;
	let warnings: string[];
	beforeAll(async () => {
		host = await FileHost.start();
	});
	afterAll(async () => await host.stop());

	/** Lets the mock API create and delete flows and store their JSON. */
	function serveDrafts(vary: (request: Recorded) => Scripted | undefined = () => undefined): void {
		warnings = [];
		mockApi.settings.always = (request) => vary(request) ?? serveDraft(request);
	}
	function serveDraft({ method, target, body, parts }: Recorded): Scripted | undefined {
		const [id = '', action] = target.split('/').slice(4);
		const flows = mockApi.account.wabas.get(WABA)!;
		if (method === 'POST' && action === 'flows') {
			flows.push(flow('900000000000100', JSON.parse(body)));
			return { body: { id: '900000000000100' } };
		}
		if (method === 'DELETE') {
			mockApi.account.wabas.set(
				WABA,
				flows.filter((each) => each.id !== id),
			);
			return { body: { success: true } };
		}
		if (action !== 'assets') return undefined;
		if (method === 'POST') {
			const file = parts!.find(({ name }) => name === 'file')!.content;
			host.files.set('/flow.json', { body: file });
			return { body: { success: true, validation_errors: [] } };
		}
		return { body: { data: [{ download_url: `${host.origin}/flow.json` }] } };
	}
	const write = async () =>
		new Map(await getVerdicts({ write: true, warn: (message) => warnings.push(message) }));
	const getDrafts = () => mockApi.account.wabas.get(WABA)!.slice(7);

	test('confirm what the mock API assumes, without --write findings changed, and clean up', async () => {
		serveDrafts(({ body }) => (body.includes('"http://') ? incorrectPayload : undefined));
		const verdicts = await write();
		const reads = await getVerdicts();
		expect([...verdicts].slice(0, reads.length)).toEqual(reads);
		const writes = [...verdicts].slice(reads.length);
		expect(writes).toHaveLength(12);
		expect(writes.filter(([, verdict]) => verdict !== 'confirmed')).toEqual([]);
		expect([getDrafts(), warnings]).toEqual([[], []]);
	});

	test('download the flow JSON without the API key and never publish', async () => {
		serveDrafts();
		await write();
		expect(host.requests.at(-1)!.head).not.toContain(mockApi.account.apiKey);
		expect(mockApi.requests.filter(({ target }) => target.endsWith('/publish'))).toEqual([]);
	});

	const on = (pattern: RegExp, scripted: Scripted) => (request: Recorded) =>
		pattern.test(`${request.method} ${request.target} ${request.body}`) ? scripted : undefined;
	const DRAFT = '/900000000000100';
	const SUCCESS = { body: { success: true } };

	test.each<[string, string, Verdict, (request: Recorded) => Scripted | undefined]>([
		[
			'Update Flow Metadata accepts',
			'updates are rejected',
			'contradicted',
			on(/POST .*100 \{/, incorrectPayload),
		],
		[
			'Fields that are not sent',
			'updates are rejected',
			'not decidable',
			on(/POST .*100 \{/, incorrectPayload),
		],
		['`categories` replaces', 'nothing changes', 'contradicted', on(/POST .*100 \{/, SUCCESS)],
		['A name is unique', 'every name is accepted', 'contradicted', on(/"name":"Book/, SUCCESS)],
		['An endpoint URI must', 'http is accepted', 'contradicted', on(/"http:\/\//, SUCCESS)],
		[
			'Update Flow JSON is',
			'the upload fails',
			'contradicted',
			on(/POST .*assets/, { status: 404 }),
		],
		[
			'Get Flow Assets returns',
			'there is no URL',
			'contradicted',
			on(/GET .*assets/, { body: { data: [] } }),
		],
		[
			'The flow JSON can be',
			'there is no URL',
			'not decidable',
			on(/GET .*assets/, { body: { data: [] } }),
		],
		['Delete Flow is', 'nothing is deleted', 'contradicted', on(/DELETE/, SUCCESS)],
		[
			'A deleted flow is',
			'a server error hides it',
			'not decidable',
			(request) => {
				const deleted = getDrafts().length === 0 && mockApi.requests.some(isDelete);
				return deleted && request.target.endsWith(DRAFT) ? { status: 500 } : undefined;
			},
		],
	])(
		'"%s" when %s is %s',
		async (start, _, verdict, vary) => {
			serveDrafts(vary);
			const verdicts = await write();
			expect([...verdicts].find(([text]) => text.startsWith(start))?.[1]).toBe(verdict);
		},
		60_000,
	);
	const isDelete = ({ method }: Recorded) => method === 'DELETE';

	test('name the draft that could not be deleted', async () => {
		serveDrafts(on(/DELETE/, incorrectPayload));
		await write();
		const [draft] = getDrafts();
		expect(warnings).toEqual([expect.stringMatching(/^Delete the draft n8n verify:live /)]);
		expect(draft?.name).toMatch(/^n8n verify:live/);
	});

	test('find a draft whose ID was not returned, and delete it', async () => {
		serveDrafts(on(/POST .*\/flows/, { status: 200, body: '' }));
		mockApi.account.wabas.get(WABA)!.push(flow('900000000000100', { name: 'placeholder' }));
		mockApi.settings.always = (request) => {
			if (request.method === 'POST' && request.target.endsWith('/flows')) {
				getDrafts()[0]!.name = JSON.parse(request.body).name;
				return { status: 200, body: '' };
			}
			return serveDraft(request);
		};
		await write();
		expect(getDrafts()).toEqual([]);
	});

	test('stop when no draft was created', async () => {
		serveDrafts(on(/POST .*\/flows/, incorrectPayload));
		const verdicts = await write();
		expect([...verdicts].at(-2)).toEqual([
			expect.stringMatching(/^Create Flow is/),
			'contradicted',
		]);
		expect(mockApi.requests.filter(isDelete)).toEqual([]);
	});
});

describe('npm run verify:live', () => {
	const ROOT = fileURLToPath(new URL('../..', import.meta.url));
	const run = (environment: Record<string, string>, ...args: string[]) =>
		promisify(execFile)(
			process.execPath,
			['--import', './test/fault-injection/loadCommonJs.mjs', 'verify-live/main.mts', ...args],
			{ cwd: ROOT, env: { PATH: process.env['PATH'], ...environment } },
		);
	const getEnvironment = () => ({
		KALEYRA_SID: mockApi.credential.sid,
		KALEYRA_API_KEY: mockApi.credential.apiKey,
		KALEYRA_WABA_ID: WABA,
		KALEYRA_API_DOMAIN: mockApi.origin,
	});

	test('prints a table without the SID, the API key, the WABA ID, or anything of a flow', async () => {
		const { stdout, stderr } = await run(getEnvironment());
		expect(stdout).toMatch(/^\| Assumption \| Used in \| Verdict \| Seen \|\n\| --- /);
		const { sid, apiKey } = mockApi.account;
		const flows = mockApi.flows.flatMap(({ id, name }) => [id, name]);
		for (const secret of [sid, apiKey, WABA, EMPTY_WABA, ...flows]) {
			expect(stdout + stderr).not.toContain(secret);
		}
	}, 60_000);

	test('explains the environment variables when one is missing', async () => {
		const { KALEYRA_SID: _, ...environment } = getEnvironment();
		await expect(run(environment)).rejects.toMatchObject({
			code: 1,
			stderr: expect.stringContaining('KALEYRA_SID, KALEYRA_API_KEY, KALEYRA_WABA_ID'),
		});
		expect(mockApi.requests).toEqual([]);
	}, 60_000);

	test('sends nothing with --write before the user confirms', async () => {
		const child = run(getEnvironment(), '--write');
		child.child.stdin!.end('no\n');
		await expect(child).rejects.toMatchObject({ code: 1 });
		expect(mockApi.requests).toEqual([]);
	}, 60_000);
});
