import type { IDataObject, INode, INodeExecutionData, IPairedItemData } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { isObject } from '../http/json';
import type { ReportableError } from './errors';

/**
 * The output item of an input item that failed while the node is set to continue: `{ error, details }`.
 *
 * For the error output n8n recognizes a failed item by its `error`, or by a `json` with nothing but `error` and
 * `message`; since 2.36 also `details`. Then it replaces the `json` of every item with an `error` by
 * `{ error: message }`. Not being enumerable, this `error` is missing from the copy that n8n makes for the error
 * output, and `json` stays complete, with the input's fields merged in.
 */
export function createErrorItem(
	{ onError }: INode,
	error: ReportableError,
	pairedItem: IPairedItemData,
): INodeExecutionData {
	const item: INodeExecutionData = {
		json: { error: error.message, details: toDetails(error) },
		pairedItem,
	};
	if (onError === 'continueErrorOutput') Object.defineProperty(item, 'error', { value: error });
	return item;
}

function toDetails(error: ReportableError): IDataObject {
	const description = error.description ?? '';
	if (!(error instanceof NodeApiError)) return { description };
	const response = error.context['data'];
	return { description, httpCode: error.httpCode, ...(isObject(response) && response) };
}
