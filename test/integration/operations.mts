import type { IDataObject } from 'n8n-workflow';
import type { Result, RunOptions } from './n8nHarness.mts';
import { byId, harness, ITEM_ID, toItems } from './setup.mts';

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
}

const flowId = byId(ITEM_ID);

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
		displayName: 'Publish',
		name: 'publish',
		parameters: { flowId },
		operationId: 'publishFlow',
		writes: true,
	},
	{
		displayName: 'Update Metadata',
		name: 'updateMetadata',
		parameters: { flowId, updateFields: { name: '=New {{ $json.id }}' } },
		operationId: 'updateFlowMetadata',
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
	{ name, parameters }: Operation,
	ids: unknown[],
	{ options = {}, ...run }: RunOptions & { options?: IDataObject } = {},
): Promise<Result> {
	return await harness.run(
		{ resource: 'flow', operation: name, ...parameters, options },
		{ items: toItems(...ids), ...run },
	);
}
