import type { INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

const declared = { failure: { cause: 'rate-limited' } } as const;
const { failure } = new NodeApiError({ name: 'Node' } as INode, {}, declared);

/** Properties of an error that declares its cause. Before n8n 2.39, errors have none. */
export const withFailure = (cause: string, details: object = {}) =>
	failure ? { failure: { cause, ...details } } : {};

/** The cause that such an error has. */
export const expectedCause = (cause: string | undefined) => (failure ? cause : undefined);
