import { decide, describeKeys, describeResult } from '../finding.mts';
import type { Finding } from '../finding.mts';
import type { LiveApi } from '../LiveApi.mts';
import { flowPath, flowsPath, parseWrite } from '../LiveApi.mts';
import type { Account } from './account.mts';

const JSON_CONTENT_TYPE = { 'Content-Type': 'application/json' };
const CLIENT = 'nodes/kaleyra/KaleyraClient.ts';
const UPDATE = 'nodes/KaleyraFlows/resources/flow/updateMetadata.ts';
const NOT_BUILT = 'not used yet';
const FLOW_JSON = JSON.stringify({
	version: '7.1',
	screens: [
		{
			id: 'END',
			title: 'End',
			terminal: true,
			layout: {
				type: 'SingleColumnLayout',
				children: [
					{
						type: 'Footer',
						label: 'Done',
						'on-click-action': { name: 'complete', payload: {} },
					},
				],
			},
		},
	],
});

/** A draft that only these checks use. */
interface Draft {
	api: LiveApi;
	id: string;
	/** A name that another flow of the WABA has, if there is one. */
	takenName: string | undefined;
}

/**
 * Creates a draft, works on it, and deletes it, also if something fails in between. It's never published.
 *
 * @param warn receives what the user has to clean up
 */
export async function checkDraft(
	{ api, flows }: Account,
	warn: (message: string) => void,
): Promise<Finding[]> {
	const name = `n8n verify:live ${new Date().toISOString()}`;
	const created = await createDraft(api, name);
	const { id } = created;
	if (id === undefined) return created.findings;
	const takenName = flows.map((flow) => flow.name).find((taken) => typeof taken === 'string');
	const draft = { api, id, takenName };
	const findings = [...created.findings];
	try {
		for (const check of [checkUpdate, checkRejections, checkFlowJson]) {
			findings.push(...(await check(draft)));
		}
	} finally {
		findings.push(...(await deleteDraft(draft, () => warn(`Delete the draft ${name} yourself.`))));
	}
	return findings;
}

async function createDraft(
	api: LiveApi,
	name: string,
): Promise<{ id: string | undefined; findings: Finding[] }> {
	const body = { name, categories: ['OTHER'] };
	const path = flowsPath(api.wabaId);
	const sent = await api.send('POST', path, { headers: JSON_CONTENT_TYPE, body });
	const parsed = parseWrite(sent);
	const returned = parsed.ok && 'id' in parsed.data ? String(parsed.data.id) : undefined;
	// The draft may exist although the response doesn't say so.
	const list = returned === undefined ? await api.getFlows() : undefined;
	const listed = list?.ok ? list.data.rows.find((flow) => flow.name === name)?.id : undefined;
	const id = returned ?? listed;
	const read = id === undefined ? undefined : await api.getFlow(id);
	return {
		id,
		findings: [
			{
				assumption: 'Create Flow is `POST /whatsapp/<waba_id>/flows` with JSON and returns an `id`',
				usedIn: NOT_BUILT,
				verdict: decide(returned !== undefined),
				seen: describeResult(sent),
			},
			{
				assumption: 'A new flow is a draft',
				usedIn: 'nodes/shared/whatsappFlows/statusChange.ts',
				verdict: decide(read?.ok ? read.data.status === 'DRAFT' : undefined),
				seen: read ? describeResult(read.result) : 'no flow',
			},
		],
	};
}

async function checkUpdate({ api, id }: Draft): Promise<Finding[]> {
	const before = await api.getFlow(id);
	const renamed = await update(api, id, { name: `n8n verify:live ${Date.now()}` });
	const afterName = await api.getFlow(id);
	const recategorized = await update(api, id, { categories: ['SURVEY'] });
	const afterCategories = await api.getFlow(id);
	const getCategories = ({ categories }: { categories?: unknown }) => JSON.stringify(categories);
	const isKept =
		before.ok &&
		afterName.ok &&
		renamed.ok &&
		getCategories(before.data) === getCategories(afterName.data);
	const isReplaced =
		recategorized.ok && afterCategories.ok && getCategories(afterCategories.data) === '["SURVEY"]';
	return [
		{
			assumption: 'Update Flow Metadata accepts `Content-Type: application/json`',
			usedIn: CLIENT,
			verdict: decide(renamed.ok),
			seen: describeResult(renamed.result),
		},
		{
			assumption: 'Fields that are not sent stay unchanged',
			usedIn: UPDATE,
			verdict: decide(renamed.ok ? isKept : undefined),
			seen: afterName.ok ? describeKeys(afterName.data) : describeResult(afterName.result),
		},
		{
			assumption: '`categories` replaces the existing categories',
			usedIn: UPDATE,
			verdict: decide(recategorized.ok ? isReplaced : undefined),
			seen: describeResult(recategorized.result),
		},
	];
}

async function checkRejections({ api, id, takenName }: Draft): Promise<Finding[]> {
	const taken = takenName === undefined ? undefined : await update(api, id, { name: takenName });
	const http = await update(api, id, { endpoint_uri: 'http://example.com/' });
	return [
		{
			assumption: 'A name is unique in its WABA',
			usedIn: UPDATE,
			verdict: decide(taken && !taken.ok),
			seen: taken ? describeResult(taken.result) : 'no other flow',
		},
		{
			assumption: 'An endpoint URI must use `https://`',
			usedIn: 'nodes/shared/whatsappFlows/flowContent.ts',
			verdict: decide(!http.ok),
			seen: describeResult(http.result),
		},
	];
}

async function checkFlowJson({ api, id }: Draft): Promise<Finding[]> {
	const path = `${flowPath(id)}/assets`;
	const form = new FormData();
	form.append('file', new Blob([FLOW_JSON], { type: 'application/json' }), 'flow.json');
	form.append('name', 'flow.json');
	form.append('asset_type', 'FLOW_JSON');
	const uploaded = parseWrite(await api.send('POST', path, { body: form }));
	const assets = await api.send('GET', path, { headers: JSON_CONTENT_TYPE });
	const url = findDownloadUrl(assets.kind === 'response' ? assets.body : undefined);
	const file =
		url === undefined
			? undefined
			: await api.send('GET', '', { url, credentials: 'omit', responseType: 'bytes' });
	const text = file?.kind === 'response' ? String(file.body) : '';
	return [
		{
			assumption: 'Update Flow JSON is `POST /whatsapp/<flow_id>/assets` with form data',
			usedIn: NOT_BUILT,
			verdict: decide(uploaded.ok),
			seen: describeResult(uploaded.result),
		},
		{
			assumption: 'Get Flow Assets returns a `download_url`',
			usedIn: NOT_BUILT,
			verdict: decide(uploaded.ok ? url !== undefined : undefined),
			seen: describeResult(assets),
		},
		{
			assumption: 'The flow JSON can be downloaded without the API key',
			usedIn: NOT_BUILT,
			verdict: decide(file && isSameJson(text, FLOW_JSON)),
			seen: file ? describeResult(file) : 'no URL',
		},
	];
}

async function deleteDraft({ api, id }: Draft, warn: () => void): Promise<Finding[]> {
	const deleted = await api.send('DELETE', flowPath(id), { headers: JSON_CONTENT_TYPE });
	const read = await api.getFlow(id);
	if (read.ok) warn();
	const isReported = !read.ok && read.error.failure?.cause === 'configuration-invalid';
	const isSuccess = deleted.kind === 'response' && deleted.status < 300;
	return [
		{
			assumption: 'Delete Flow is `DELETE /whatsapp/<flow_id>` and deletes a draft',
			usedIn: NOT_BUILT,
			verdict: decide(read.ok ? false : isReported || undefined),
			seen: describeResult(deleted),
		},
		{
			assumption:
				'A deleted flow is reported as `WA-401` with `flow_id`, or as `WA-400`, 100, or 404',
			usedIn: 'nodes/KaleyraFlowsTrigger/fetchFlows.ts',
			verdict: decide(isSuccess ? isReported : undefined),
			seen: describeResult(read.result),
		},
	];
}

async function update(api: LiveApi, id: string, body: Record<string, string | string[]>) {
	return parseWrite(await api.send('POST', flowPath(id), { headers: JSON_CONTENT_TYPE, body }));
}

function findDownloadUrl(body: unknown): string | undefined {
	const url = /"download_url":"(https?:[^"]+)"/.exec(JSON.stringify(body) ?? '')?.[1];
	return url && (JSON.parse(`"${url}"`) as string);
}

function isSameJson(text: string, expected: string): boolean {
	try {
		return JSON.stringify(JSON.parse(text)) === JSON.stringify(JSON.parse(expected));
	} catch {
		return false;
	}
}
