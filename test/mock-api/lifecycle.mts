import type { Context, Handler } from 'openapi-backend';
import type { Account, Flow } from './accounts.mts';
import { flow as createFlow, update, VALIDATION_ERROR } from './accounts.mts';
import * as errors from './errors.mts';
import type { Reply } from './faults.mts';
import type { KaleyraMock } from './KaleyraMock.mts';
import type { Recorded } from './recordedRequest.mts';
import { getAccount, isJson, withFlow } from './requestContext.mts';

/** The pages without a sample response: create, JSON up and down, deprecate, delete, migrate. */
export const LIFECYCLE_HANDLERS: Record<string, Handler> = {
	createFlow: (context, mockApi: KaleyraMock) => mockApi.reply(create(context)),
	updateFlowJson: (context, mockApi: KaleyraMock, { parts = [] }: Recorded) =>
		withFlow(context, (flow, _wabaId, siblings) => {
			const file = parts.find(({ filename }) => filename !== undefined);
			if (file?.name !== 'file' || parts.length !== 3) return errors.incorrectPayload;
			if (!update(flow, siblings, {})) return errors.incorrectPayload;
			const text = file.content.toString();
			flow.flow_json = text;
			flow.validation_errors = validate(text);
			return mockApi.reply({ success: true, validation_errors: flow.validation_errors });
		}),
	getFlowAssets: (context, mockApi: KaleyraMock) =>
		withFlow(context, async ({ id, flow_json: body }) => {
			if (!isJson(context)) return errors.incorrectPayload;
			const download_url = await mockApi.files.serve(`/flow-json/${id}?oe=6A000000`, body);
			return mockApi.reply({
				data: [{ name: 'flow.json', asset_type: 'FLOW_JSON', download_url }],
				paging: { cursors: { before: 'QVFI', after: 'QVFI' } },
			});
		}),
	deprecateFlow: (context, mockApi: KaleyraMock) =>
		withFlow(context, (flow) => {
			if (!['PUBLISHED', 'THROTTLED', 'BLOCKED'].includes(flow.status))
				return errors.incorrectPayload;
			flow.status = 'DEPRECATED';
			return mockApi.reply({ success: true });
		}),
	deleteFlow: (context, mockApi: KaleyraMock) =>
		withFlow(context, (flow, _wabaId, siblings) => {
			if (flow.status !== 'DRAFT' || !isJson(context)) return errors.incorrectPayload;
			siblings.splice(siblings.indexOf(flow), 1);
			return mockApi.reply({ success: true });
		}),
	migrateFlows: (context, mockApi: KaleyraMock) => mockApi.reply(migrate(context)),
};

function create(context: Context): object {
	const account = getAccount(context);
	const flows = account.wabas.get(String(context.request.params['waba_id']));
	if (!account.enabled) return errors.wrongAccount;
	if (!flows) return errors.noSuchFlow;
	const { clone_flow_id: cloneId, ...content } = context.request.requestBody;
	const original = allFlows(account).find(({ id }) => id === cloneId);
	const isTaken = flows.some(({ name }) => name === content.name);
	if (isTaken || (cloneId !== undefined && !original)) return errors.incorrectPayload;
	const { flow_json, validation_errors } = original ?? createFlow('0');
	const created = createFlow(nextId(account), { ...content, flow_json, validation_errors });
	flows.push(created);
	return { id: created.id };
}

function migrate(context: Context): object {
	const account = getAccount(context);
	const { source_waba_id: source, destination_waba_id: destination } = context.request.params;
	const from = account.wabas.get(String(source));
	const to = account.wabas.get(String(destination));
	if (!account.enabled) return errors.wrongAccount;
	if (!from || !to) return errors.noSuchFlow;
	if (from === to || !isJson(context)) return errors.incorrectPayload;
	const names: string[] =
		context.request.requestBody?.source_flow_names ?? from.map(({ name }) => name);
	const migrated_flows: object[] = [];
	const failed_flows: object[] = [];
	for (const source_name of names) {
		const flow = from.find(({ name }) => name === source_name);
		const error_message = !flow
			? 'Flow not found'
			: to.some(({ name }) => name === source_name)
				? 'A flow with this name already exists'
				: undefined;
		if (!flow || error_message !== undefined) {
			failed_flows.push({ source_name, error_code: '4233041', error_message });
			continue;
		}
		const id = nextId(account);
		to.push({ ...flow, id, status: flow.status === 'PUBLISHED' ? 'PUBLISHED' : 'DRAFT' });
		migrated_flows.push({ source_name, source_id: flow.id, migrated_id: id });
	}
	return { migrated_flows, failed_flows };
}

const allFlows = ({ wabas }: Account): Flow[] => [...wabas.values()].flat();

const nextId = (account: Account) =>
	String(Math.max(910_000_000_000_000, ...allFlows(account).map(({ id }) => Number(id))) + 1);

/** Checks only whether its screens are a list. */
function validate(text: string): object[] {
	try {
		const json: unknown = JSON.parse(text);
		const isValid =
			typeof json === 'object' && json !== null && 'screens' in json && Array.isArray(json.screens);
		return isValid ? [] : [VALIDATION_ERROR];
	} catch {
		return [VALIDATION_ERROR];
	}
}

/** @param result the data of a success, or a whole error response */
export function toReply(result: object, envelope: boolean): Reply {
	if ('status' in result && 'body' in result) return result as Reply;
	if (!envelope) return { status: 200, body: result };
	const body = {
		code: 'WA200',
		message: 'Request Processed Successfully',
		data: result,
		error: {},
	};
	return { status: 200, body };
}
