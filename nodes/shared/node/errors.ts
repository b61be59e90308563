import type { INode } from 'n8n-workflow';
import { ExpressionError, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { DescribedError, formatError } from '../errors';

/** An error that n8n shows with its description, and to which an item index can be attached. */
export type ReportableError = NodeApiError | NodeOperationError | ExpressionError;

/** Whether the node runs as a tool: n8n derives `<type>Tool` from a node that is usable as one. */
export const isTool = ({ type }: INode): boolean => type.endsWith('Tool');

/**
 * Turns anything thrown into an error that n8n shows in full. Of a tool's error, n8n passes only the message
 * to the AI agent, so a tool's message contains the description.
 */
export function toNodeError(node: INode, thrown: unknown): ReportableError {
	const error = isReportable(thrown) ? thrown : createNodeError(node, thrown);
	const { message, description } = error;
	const complete = !description || message.includes(description);
	if (isTool(node) && !complete) error.message = formatError({ message, description });
	return error;
}

const isReportable = (thrown: unknown): thrown is ReportableError =>
	thrown instanceof NodeApiError ||
	thrown instanceof NodeOperationError ||
	thrown instanceof ExpressionError;

function createNodeError(node: INode, thrown: unknown): NodeOperationError {
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
