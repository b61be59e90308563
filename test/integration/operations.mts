import type { IDataObject } from 'n8n-workflow';
import type { Result, RunOptions } from './n8nHarness.mts';
import { byId, EMPTY_WABA, harness, ITEM_ID, mockApi, toItems } from './setup.mts';

/** One operation of the Kaleyra Flows node. */
export interface Operation {
	/** As in the node's Operation dropdown. */
	displayName: string;
	/** The value of the parameter `operation`. */
	name: string;
	/** Parameters of a valid call. `flowId` is the input item's ID, so it works for several items. */
	parameters: IDataObject;
	/** Its operationId in the mock API's OpenAPI description. */
	operationId: string;
	/** Whether it changes a flow. */
	writes: boolean;
	/** The status that a flow must have; `runOperation` sets it. */
	requiredStatus?: 'DRAFT' | 'PUBLISHED';
}

const flowId = byId(ITEM_ID);
const NEW_NAME = '=New {{ $json.id }}';
const FLOW_JSON = '{ "version": "7.1", "screens": [] }';

export const OPERATIONS: Operation[] = [
	{
		displayName: 'Get Many',
		name: 'getMany',
		parameters: {},
		operationId: 'getFlows',
		writes: false,
	},
	{
		displayName: 'Get',
		name: 'get',
		parameters: { flowId },
		operationId: 'getFlowDetails',
		writes: false,
	},
	{
		displayName: 'Create',
		name: 'create',
		parameters: { name: NEW_NAME, categories: ['OTHER'] },
		operationId: 'createFlow',
		writes: true,
	},
	{
		displayName: 'Create or Update',
		name: 'upsert',
		parameters: { name: NEW_NAME, categories: ['OTHER'], flowJson: FLOW_JSON },
		operationId: 'createFlow',
		writes: true,
	},
	{
		displayName: 'Update Metadata',
		name: 'updateMetadata',
		parameters: { flowId, updateFields: { name: NEW_NAME } },
		operationId: 'updateFlowMetadata',
		writes: true,
	},
	{
		displayName: 'Update JSON',
		name: 'updateJson',
		parameters: { flowId, flowJson: FLOW_JSON },
		operationId: 'updateFlowJson',
		writes: true,
	},
	{
		displayName: 'Download JSON',
		name: 'getJson',
		parameters: { flowId },
		operationId: 'getFlowAssets',
		writes: false,
	},
	{
		displayName: 'Publish',
		name: 'publish',
		parameters: { flowId },
		operationId: 'publishFlow',
		writes: true,
	},
	{
		displayName: 'Deprecate',
		name: 'deprecate',
		parameters: { flowId },
		operationId: 'deprecateFlow',
		writes: true,
		requiredStatus: 'PUBLISHED',
	},
	{
		displayName: 'Delete',
		name: 'delete',
		parameters: { flowId },
		operationId: 'deleteFlow',
		writes: true,
		requiredStatus: 'DRAFT',
	},
	{
		displayName: 'Migrate',
		name: 'migrate',
		parameters: { destinationWabaId: EMPTY_WABA, flowNames: '={{ [$json.id] }}' },
		operationId: 'migrateFlows',
		writes: true,
	},
];

/** The operations on one flow. */
export const FLOW_OPERATIONS = OPERATIONS.filter(({ parameters }) => 'flowId' in parameters);

/** Rows for `describe.each` and `test.each`, with the operation's name as `%s`. */
export const toRows = (operations: Operation[]) =>
	operations.map((operation) => [operation.displayName, operation] as const);

/** Runs an operation once for each flow ID. */
export async function runOperation(
	{ name, parameters, requiredStatus }: Operation,
	ids: unknown[],
	{ options = {}, ...run }: RunOptions & { options?: IDataObject } = {},
): Promise<Result> {
	for (const flow of requiredStatus ? mockApi.flows : []) flow.status = requiredStatus!;
	return await harness.run(
		{ resource: 'flow', operation: name, ...parameters, options },
		{ items: toItems(...ids), ...run },
	);
}
