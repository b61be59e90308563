import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import { KaleyraClient } from '../../api/client';
import { Connection } from '../../api/connection';
import { runItems } from '../../engine/runItems';
import { readOptions } from '../fields/options';
import { get } from './flow/get';
import { getMany } from './flow/getMany';
import { publish } from './flow/publish';
import { updateMetadata } from './flow/updateMetadata';
import type { FlowOperation, Parameter } from './operation';

/** The one table. A new operation is a file and a line here; the first one is offered first. */
const OPERATIONS: Record<string, { name: string; operations: FlowOperation[] }> = {
	flow: { name: 'Flow', operations: [getMany, get, publish, updateMetadata] },
};

/** Resource, operation and the operations' fields, each shown where it belongs. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(OPERATIONS).map(([value, { name }]) => ({ name, value })),
		default: 'flow',
	},
	...Object.entries(OPERATIONS).flatMap(([resource, { operations }]) => [
		operationField(resource, operations),
		...operations.flatMap(({ value, fields }) =>
			updateDisplayOptions({ show: { resource: [resource], operation: [value] } }, fields),
		),
	]),
];

/** Runs the chosen operation for every item. */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(this);
	// Opened with the first item, so that a credential that cannot be right is said item by item.
	let connection: Promise<Connection> | undefined;
	const hints = new Set<string>();
	const hint = (message: string) => {
		if (!hints.has(message)) this.addExecutionHints({ message, location: 'outputPane' });
		hints.add(message);
	};
	const parameterOf =
		(itemIndex: number): Parameter =>
		(name, fallback) =>
			this.getNodeParameter(name, itemIndex, fallback);
	const work = async (itemIndex: number): Promise<IDataObject[]> => {
		const parameter = parameterOf(itemIndex);
		const { patience } = readOptions(parameter, operation);
		connection ??= Connection.open(this, { askOnce: !operation.writes });
		const client = new KaleyraClient(await connection, patience);
		return await operation.execute({ client, parameter, hint });
	};
	const itemsAtOnce = itemsAtOnceOf(operation, parameterOf(0));
	return [await runItems(this, { itemsAtOnce, writes: operation.writes }, work)];
}

/** One number for the whole run, the first item's. Where it cannot be, every item says so itself. */
function itemsAtOnceOf(operation: FlowOperation, parameter: Parameter): number {
	try {
		return readOptions(parameter, operation).itemsAtOnce;
	} catch {
		return 1;
	}
}

function operationField(resource: string, operations: FlowOperation[]): INodeProperties {
	const first = operations[0]?.value ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: operations.map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
		default: first,
	};
}

function chosenOperation(context: IExecuteFunctions): FlowOperation {
	const resource = String(context.getNodeParameter('resource', 0));
	const operation = String(context.getNodeParameter('operation', 0));
	const chosen = OPERATIONS[resource]?.operations.find(({ value }) => value === operation);
	if (chosen) return chosen;
	throw new NodeOperationError(
		context.getNode(),
		`There is no operation "${operation}" of "${resource}"`,
		{
			description: 'Choose an operation from the list.',
			itemIndex: 0,
		},
	);
}
