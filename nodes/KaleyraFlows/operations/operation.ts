import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { KaleyraClient } from '../../api/client';

/** Reads a parameter for the item at hand, expressions resolved. */
export type Parameter = (name: string, fallback?: unknown) => unknown;

export interface Run {
	client: KaleyraClient;
	parameter: Parameter;
	/** Shows a remark on the node without failing it. */
	hint: (message: string) => void;
}

/**
 * One operation: how the dropdown names it, its fields, what it does. `value` and the fields' names are
 * saved in people's workflows and never change once released.
 */
export interface FlowOperation {
	name: string;
	value: string;
	action: string;
	description: string;
	/** Whether it changes something at Kaleyra. Writes go one after the other. */
	writes: boolean;
	fields: INodeProperties[];
	/** Does it for one item. @returns the items that it becomes */
	execute(run: Run): Promise<IDataObject[]>;
}
