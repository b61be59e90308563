import type { INodeType, IVersionedNodeType } from 'n8n-workflow';

/** What n8n reads as: the webhook is registered at the provider, and could be registered and deleted. */
export const REGISTERED = { checkExists: true, create: true, delete: true };

/** Calls what n8n calls when a workflow is published or unpublished. */
export async function getRegistrationResults(
	node: INodeType | IVersionedNodeType,
): Promise<Record<string, boolean>> {
	const { webhookMethods } = node as unknown as {
		webhookMethods: { default: Record<string, () => Promise<boolean>> };
	};
	const results = Object.entries(webhookMethods.default).map(
		async ([name, method]) => [name, await method()] as const,
	);
	return Object.fromEntries(await Promise.all(results));
}
