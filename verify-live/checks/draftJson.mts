import type { Finding } from '../finding.mts';
import { conclusive, decide, describeResult } from '../finding.mts';
import { flowPath, JSON_CONTENT_TYPE, parseWrite } from '../LiveApi.mts';
import type { Draft } from './account.mts';

const USED_IN = 'nodes/kaleyra/KaleyraFlowClient.ts';
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

export async function checkFlowJson({ api, id }: Draft): Promise<Finding[]> {
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
			usedIn: USED_IN,
			verdict: decide(conclusive(uploaded) && uploaded.ok),
			seen: describeResult(uploaded.result),
		},
		{
			assumption: 'Get Flow Assets returns a `download_url`',
			usedIn: USED_IN,
			verdict: decide(uploaded.ok ? url !== undefined : undefined),
			seen: describeResult(assets),
		},
		{
			assumption: 'The flow JSON can be downloaded without the API key',
			usedIn: USED_IN,
			verdict: decide(file && isSameJson(text, FLOW_JSON)),
			seen: file ? describeResult(file) : 'no URL',
		},
	];
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
