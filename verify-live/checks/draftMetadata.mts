import type { Finding } from '../finding.mts';
import { conclusive, decide, describeKeys, describeResult } from '../finding.mts';
import type { LiveApi } from '../LiveApi.mts';
import { flowPath, JSON_CONTENT_TYPE, parseWrite } from '../LiveApi.mts';
import type { Draft } from './account.mts';

const UPDATE = 'nodes/KaleyraFlows/resources/flow/updateMetadata.ts';

export async function checkUpdate({ api, id }: Draft): Promise<Finding[]> {
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
			usedIn: 'nodes/kaleyra/KaleyraFlowClient.ts',
			verdict: decide(conclusive(renamed) && renamed.ok),
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

export async function checkRejections({ api, id, takenName }: Draft): Promise<Finding[]> {
	const taken = takenName === undefined ? undefined : await update(api, id, { name: takenName });
	const http = await update(api, id, { endpoint_uri: 'http://example.com/' });
	return [
		{
			assumption: 'A name is unique in its WABA',
			usedIn: UPDATE,
			verdict: decide(conclusive(taken) && taken?.ok === false),
			seen: taken ? describeResult(taken.result) : 'no other flow',
		},
		{
			assumption: 'An endpoint URI must use `https://`',
			usedIn: 'nodes/shared/whatsappFlows/flowContent.ts',
			verdict: decide(conclusive(http) && !http.ok),
			seen: describeResult(http.result),
		},
	];
}

async function update(api: LiveApi, id: string, body: Record<string, string | string[]>) {
	return parseWrite(await api.send('POST', flowPath(id), { headers: JSON_CONTENT_TYPE, body }));
}
