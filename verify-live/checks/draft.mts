import { conclusive, decide, describeResult } from '../finding.mts';
import type { Finding } from '../finding.mts';
import type { LiveApi } from '../LiveApi.mts';
import { flowPath, flowsPath, JSON_CONTENT_TYPE, parseWrite } from '../LiveApi.mts';
import type { Account, Draft } from './account.mts';
import { checkFlowJson } from './draftJson.mts';
import { checkRejections, checkUpdate } from './draftMetadata.mts';

const USED_IN = 'nodes/kaleyra/KaleyraLifecycleClient.ts';
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
				usedIn: USED_IN,
				verdict: decide(conclusive(parsed) && returned !== undefined),
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

async function deleteDraft({ api, id }: Draft, warn: () => void): Promise<Finding[]> {
	const deleted = await api.send('DELETE', flowPath(id), { headers: JSON_CONTENT_TYPE });
	const read = await api.getFlow(id);
	const reported = conclusive(read);
	if (read.ok || !reported) warn();
	const isDeleted = reported && !reported.ok;
	const isReported = !read.ok && read.error.failure?.cause === 'configuration-invalid';
	const isSuccess = deleted.kind === 'response' && deleted.status < 300;
	return [
		{
			assumption: 'Delete Flow is `DELETE /whatsapp/<flow_id>` and deletes a draft',
			usedIn: USED_IN,
			verdict: decide(isDeleted),
			seen: describeResult(deleted),
		},
		{
			assumption:
				'A deleted flow is reported as `WA-401` with `flow_id`, or as `WA-400`, 100, or 404',
			usedIn: 'nodes/KaleyraFlowsTrigger/fetchFlows.ts',
			verdict: decide(isSuccess && reported ? isReported : undefined),
			seen: describeResult(read.result),
		},
	];
}
