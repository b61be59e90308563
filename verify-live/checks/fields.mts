import type { Flow } from '../../nodes/kaleyra/flow.ts';
import type { Finding } from '../finding.mts';
import { conclusive, decide, describeKeys, describeResult, describeRows } from '../finding.mts';
import type { Parsed } from '../LiveApi.mts';
import type { Check } from './account.mts';

const ENCODINGS = {
	'double (`id%252Cname`)': '%252C',
	'single (`id%2Cname`)': '%2C',
	'none (`id,name`)': ',',
};
const DETAIL_FIELDS = ['health_status', 'whatsapp_business_account', 'application', 'json_version'];
const FIELDS_QUERY = 'nodes/kaleyra/fieldsQuery.ts';
const CONSTANTS = 'nodes/kaleyra/constants.ts';

export const checkEncodings: Check = async ({ api, flows }) => {
	const findings: Finding[] = [];
	for (const [encoding, comma] of Object.entries(ENCODINGS)) {
		const list = await api.getFlows(`?fields=id${comma}name`);
		const understood = list.ok && list.data.rows.some(isSelection);
		findings.push({
			assumption: `Get Many: \`fields\` with encoding ${encoding} is accepted`,
			usedIn: FIELDS_QUERY,
			verdict: decide(flows.length > 0 && conclusive(list) ? understood : undefined),
			seen: describeRows(list),
		});
	}
	for (const [encoding, comma] of Object.entries(ENCODINGS)) {
		const flow = flows[0] && (await api.getFlow(flows[0].id, `?fields=id${comma}name`));
		findings.push({
			assumption: `Get: \`fields\` with encoding ${encoding} is accepted`,
			usedIn: FIELDS_QUERY,
			verdict: decide(conclusive(flow) && flow?.ok === true && isSelection(flow.data)),
			seen: flow ? describeFlow(flow) : 'no flow',
		});
	}
	return findings;
};

export const checkDefaultNames: Check = async ({ api, flows: [first] }) => {
	const names = ['categories', 'id', 'name', 'status'];
	const missing: string[] = [];
	let decidable = first !== undefined;
	for (const name of names) {
		const flow = first && (await api.getFlow(first.id, `?fields=${name}`));
		if (!conclusive(flow)) decidable = false;
		else if (!flow?.ok || !(name in flow.data)) missing.push(name);
	}
	return [
		{
			assumption: 'Get: `fields` accepts `id`, `name`, `status`, and `categories`',
			usedIn: CONSTANTS,
			verdict: decide(decidable ? missing.length === 0 : undefined),
			seen: first ? `not accepted: ${missing.join(', ') || 'none'}` : 'no flow',
		},
	];
};

export const checkDetails: Check = async ({ api, flows: [first] }) => {
	const missing: string[] = [];
	const returned: Record<string, unknown> = {};
	let decidable = first !== undefined;
	for (const name of DETAIL_FIELDS) {
		const flow = first && (await api.getFlow(first.id, `?fields=${name}`));
		if (!conclusive(flow)) decidable = false;
		else if (flow?.ok && name in flow.data) returned[name] = flow.data[name];
		else missing.push(name);
	}
	const health = returned['health_status'];
	const account = returned['whatsapp_business_account'];
	return [
		{
			assumption: `Get returns ${DETAIL_FIELDS.map((name) => `\`${name}\``).join(', ')}`,
			usedIn: CONSTANTS,
			verdict: decide(decidable ? missing.length === 0 : undefined),
			seen: first ? `not returned: ${missing.join(', ') || 'none'}` : 'no flow',
		},
		{
			assumption: '`health_status` has `can_send_message` and `entities`',
			usedIn: 'nodes/kaleyra/healthStatus.ts',
			verdict: decide(
				isRecord(health)
					? typeof health['can_send_message'] === 'string' && Array.isArray(health['entities'])
					: undefined,
			),
			seen: isRecord(health) ? describeKeys(health) : 'not returned',
		},
		{
			assumption: 'The time zone of `whatsapp_business_account` is named `timezone_id`',
			usedIn: 'nodes/KaleyraFlows/__schema__/v1.0.0/flow/get.json',
			verdict: decide(isRecord(account) ? 'timezone_id' in account : undefined),
			seen: isRecord(account) ? describeKeys(account) : 'not returned',
		},
	];
};

export const checkUpdatedAt: Check = async ({ api, flows: [first] }) => {
	const list = await api.getFlows('?fields=updated_at');
	const updatedAt = list.ok ? list.data.rows[0]?.['updated_at'] : undefined;
	const isIso = typeof updatedAt === 'string' && /^\d{4}-\d\d-\d\dT/.test(updatedAt);
	return [
		{
			assumption: 'Get Many: `updated_at` is an ISO 8601 date',
			usedIn: 'test/mock-api/kaleyra-flows.openapi.yaml',
			verdict: decide(first && conclusive(list) && isIso),
			seen: first ? (updatedAt === undefined ? describeRows(list) : typeof updatedAt) : 'no flow',
		},
	];
};

export const checkShapes: Check = async ({ flows }) => {
	const [first] = flows;
	const errors = first?.['validation_errors'];
	return [
		{
			assumption: 'Validation errors are a list named `validation_errors`',
			usedIn: 'nodes/kaleyra/flow.ts',
			verdict: decide(first && Array.isArray(errors)),
			seen: first ? describeKeys(first) : 'no flow',
		},
		{
			assumption: 'Flow IDs contain only digits',
			usedIn: 'nodes/kaleyra/ids.ts',
			verdict: decide(first && flows.every(({ id }) => /^\d+$/.test(id))),
			seen: first ? `${first.id.length} characters` : 'no flow',
		},
	];
};

/** Whether it has what was requested and not the other default fields. */
const isSelection = (flow: Flow) => 'name' in flow && !('status' in flow);

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const describeFlow = (parsed: Parsed<Flow>) =>
	parsed.ok ? `a flow with ${describeKeys(parsed.data)}` : describeResult(parsed.result);
