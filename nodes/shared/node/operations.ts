import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import { parseOptions } from './options';
import type { GetParameter } from './parameters';
import type { RequestOptions } from '../http/HttpClient';
import { processItems } from './processItems';

export interface OperationContext<Client> {
	client: Client;
	parameter: GetParameter;
	/** Shows a remark on the node without failing it. */
	hint: (message: string) => void;
}

/**
 * One operation: how the dropdown names it, its fields, what it does. `value` and the fields' names are
 * saved in people's workflows and never change once released.
 */
export interface Operation<Client> {
	name: string;
	value: string;
	action: string;
	description: string;
	/** Whether it changes something at the service. Writes go one after the other. */
	writes: boolean;
	fields: INodeProperties[];
	/** Does it for one item. @returns the items that it becomes */
	execute(run: OperationContext<Client>): Promise<IDataObject[]>;
}

/** Resource to operations. The first one is offered first. */
export type Operations<Client> = Record<string, { name: string; operations: Operation<Client>[] }>;

/** Opens what all items of a run share. @returns what makes an item's client of it */
export type ClientFactory<Client> = (
	context: IExecuteFunctions,
	options: { cacheReads: boolean },
) => Promise<(patience: RequestOptions) => Client>;

/** Resource, operation and the operations' fields, each shown where it belongs. */
export function buildProperties<Client>(table: Operations<Client>): INodeProperties[] {
	const resources = Object.entries(table);
	const first = resources[0]?.[0] ?? '';
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(([value, { name }]) => ({ name, value })),
			default: first,
		},
		...resources.flatMap(([resource, { operations }]) => [
			operationParameter(resource, operations),
			...operations.flatMap(({ value, fields }) =>
				updateDisplayOptions({ show: { resource: [resource], operation: [value] } }, fields),
			),
		]),
	];
}

/** A node's `execute`: runs the chosen operation for every item. */
export function createExecute<Client>(table: Operations<Client>, open: ClientFactory<Client>) {
	return async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = chosenOperation(this, table);
		// Opened with the first item, so that a credential that cannot be right is said item by item.
		let opened: ReturnType<ClientFactory<Client>> | undefined;
		const hints = new Set<string>();
		const hint = (message: string) => {
			if (!hints.has(message)) this.addExecutionHints({ message, location: 'outputPane' });
			hints.add(message);
		};
		const parameterOf =
			(itemIndex: number): GetParameter =>
			(name, fallback) =>
				this.getNodeParameter(name, itemIndex, fallback);
		const work = async (itemIndex: number): Promise<IDataObject[]> => {
			const parameter = parameterOf(itemIndex);
			const { patience } = parseOptions(parameter, operation);
			opened ??= open(this, { cacheReads: !operation.writes });
			const clientFor = await opened;
			return await operation.execute({ client: clientFor(patience), parameter, hint });
		};
		const concurrency = parseConcurrency(operation, parameterOf(0));
		return [await processItems(this, { concurrency, writes: operation.writes }, work)];
	};
}

/** One number for the whole run, the first item's. Where it cannot be, every item says so itself. */
function parseConcurrency(operation: { writes: boolean }, parameter: GetParameter): number {
	try {
		return parseOptions(parameter, operation).concurrency;
	} catch {
		return 1;
	}
}

function operationParameter<Client>(
	resource: string,
	operations: Operation<Client>[],
): INodeProperties {
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

function chosenOperation<Client>(
	context: IExecuteFunctions,
	table: Operations<Client>,
): Operation<Client> {
	const resource = String(context.getNodeParameter('resource', 0));
	const operation = String(context.getNodeParameter('operation', 0));
	const chosen = table[resource]?.operations.find(({ value }) => value === operation);
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
