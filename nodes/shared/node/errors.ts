import type { INode } from 'n8n-workflow';
import { ExpressionError, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { DescribedError } from '../errors';

/** An error that n8n shows with its description, and to which an item index can be attached. */
export type ReportableError = NodeApiError | NodeOperationError | ExpressionError;

/** Turns anything thrown into an error that n8n shows in full. n8n's own errors are passed through. */
export function toNodeError(node: INode, thrown: unknown): ReportableError {
	if (thrown instanceof NodeApiError || thrown instanceof NodeOperationError) return thrown;
	if (thrown instanceof ExpressionError) return thrown;
	const cause = thrown instanceof Error ? thrown : new Error(String(thrown));
	const error = new NodeOperationError(node, cause.message, {
		...(cause instanceof DescribedError && {
			description: cause.description,
			failure: { cause: cause.failureCause },
		}),
	});
	// n8n replaces a message that contains an errno, even within a word ("deletePermission" contains EPERM).
	error.message = cause.message;
	return error;
}
