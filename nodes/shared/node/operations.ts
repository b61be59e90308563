import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import type { RequestOptions } from '../http/HttpClient';
import type { BinaryAccess, ItemWithBinary } from './binary';
import { createBinaryAccess } from './binary';
import { isTool } from './errors';
import { parseOptions } from './options';
import type { GetParameter } from './parameters';
import { processItems } from './processItems';
import type { Waiting } from './waiting';
import { createWaiting } from './waiting';

/** What an operation gets for one item. */
export interface OperationContext<TClient> {
	client: TClient;
	getParameter: GetParameter;
	/** Position in the input, from 0. */
	itemIndex: number;
	binary: BinaryAccess;
	/** Shows a hint on the node without failing it. */
	addHint: (message: string) => void;
	/** Whether an AI agent runs the node: it can't read hints, or an output without items. */
	isTool: boolean;
	/** Whether n8n executes the node again, with all items, if one fails. */
	retriesOnFail: boolean;
	/** Lets the execution wait for an event. */
	waiting: Waiting;
	/** Whether an expression provides the value of a parameter. */
	isExpression: (name: string) => boolean;
}

/**
 * One operation: its entry in the dropdown, its parameters, and what it does. Workflows save `value` and
 * the parameters' names, so they never change once released.
 */
export interface Operation<TClient> {
	name: string;
	value: string;
	action: string;
	description: string;
	/** Whether it changes something at the service. Writes run one at a time. */
	writes: boolean;
	/** Whether items share reads. By default, unless it writes: a write can change what the next item reads. */
	cacheReads?: boolean;
	parameters: INodeProperties[];
	/** Processes one item. @returns the output items */
	execute(context: OperationContext<TClient>): Promise<(IDataObject | ItemWithBinary)[]>;
}

/** Operations by resource. The first one of each is the default. */
export type Operations<TClient> = Record<
	string,
	{ name: string; operations: Operation<TClient>[] }
>;

/** Creates what all items of an execution share. @returns a function that creates an item's client from it */
export type ClientFactory<TClient> = (
	context: IExecuteFunctions,
	options: { cacheReads: boolean },
) => Promise<(requestOptions: RequestOptions) => TClient>;

/** Resource, operation, and the operations' parameters, each shown where it belongs. */
export function buildProperties<TClient>(table: Operations<TClient>): INodeProperties[] {
	const resources = Object.entries(table);
	const defaultResource = resources[0]?.[0] ?? '';
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(([value, { name }]) => ({ name, value })),
			default: defaultResource,
		},
		...resources.flatMap(([resource, { operations }]) => [
			buildOperationParameter(resource, operations),
			...operations.flatMap(({ value, parameters }) =>
				updateDisplayOptions({ show: { resource: [resource], operation: [value] } }, parameters),
			),
		]),
	];
}

/** The subtitle of a node on the canvas, such as "Get Many: Record". */
export function buildSubtitle<TClient>(table: Operations<TClient>): string {
	const subtitles = Object.entries(table).flatMap(([resource, { name, operations }]) =>
		operations.map((operation) => [`${resource} ${operation.value}`, `${operation.name}: ${name}`]),
	);
	const texts = JSON.stringify(Object.fromEntries(subtitles));
	return `={{ (${texts})[$parameter["resource"] + " " + $parameter["operation"]] }}`;
}

/** Creates a node's `execute`, which runs the selected operation for each item. */
export function createExecute<TClient>(
	table: Operations<TClient>,
	createClientFactory: ClientFactory<TClient>,
) {
	return async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const node = this.getNode();
		const operation = findOperation(this, table);
		// Created with the first item, so that an invalid credential is reported for each item.
		let clientFactory: ReturnType<ClientFactory<TClient>> | undefined;
		const hints = new Set<string>();
		const addHint = (message: string) => {
			if (!hints.has(message)) this.addExecutionHints({ message, location: 'outputPane' });
			hints.add(message);
		};
		const isExpression = (name: string) => String(node.parameters[name]).startsWith('=');
		const waiting = createWaiting(this);
		const retriesOnFail = node.retryOnFail === true;
		const shared = { addHint, isTool: isTool(node), isExpression, retriesOnFail, waiting };
		const createGetParameter =
			(itemIndex: number): GetParameter =>
			(name, fallback) =>
				this.getNodeParameter(name, itemIndex, fallback);
		const processItem = async (itemIndex: number) => {
			const getParameter = createGetParameter(itemIndex);
			const { requestOptions } = parseOptions(getParameter, operation);
			const { cacheReads = !operation.writes } = operation;
			clientFactory ??= createClientFactory(this, { cacheReads });
			const client = (await clientFactory)(requestOptions);
			const binary = createBinaryAccess(this, itemIndex);
			return await operation.execute({ ...shared, client, getParameter, itemIndex, binary });
		};
		const concurrency = parseConcurrency(operation, createGetParameter(0));
		return [await processItems(this, { concurrency, writes: operation.writes }, processItem)];
	};
}

/** One number for the whole execution, the first item's. If it's invalid, each item reports that itself. */
function parseConcurrency(operation: { writes: boolean }, getParameter: GetParameter): number {
	try {
		return parseOptions(getParameter, operation).concurrency;
	} catch {
		return 1;
	}
}

function buildOperationParameter<TClient>(
	resource: string,
	operations: Operation<TClient>[],
): INodeProperties {
	const defaultOperation = operations[0]?.value ?? '';
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
		default: defaultOperation,
	};
}

function findOperation<TClient>(
	context: IExecuteFunctions,
	table: Operations<TClient>,
): Operation<TClient> {
	const resource = String(context.getNodeParameter('resource', 0));
	const value = String(context.getNodeParameter('operation', 0));
	const operation = table[resource]?.operations.find((each) => each.value === value);
	if (operation) return operation;
	throw new NodeOperationError(
		context.getNode(),
		`The resource '${resource}' has no operation '${value}'`,
		{ description: 'Select an operation from the list.', itemIndex: 0 },
	);
}
