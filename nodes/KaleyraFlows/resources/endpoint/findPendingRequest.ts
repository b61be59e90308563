import type { IExecuteFunctions, IWorkflowDataProxyData } from 'n8n-workflow';
import { InvalidInputError } from '../../../shared/errors';
import { isObject } from '../../../shared/http/json';
import type { PendingRequest } from '../../../shared/whatsappFlows/dataExchange/pendingRequest';
import { parsePendingRequest } from '../../../shared/whatsappFlows/dataExchange/pendingRequest';

const TRIGGER = 'kaleyraFlowsEndpointTrigger';

/**
 * Finds the request in the trigger's output, so that the nodes in between may change the items.
 *
 * @throws {InvalidInputError} if no trigger before this node has received a request
 */
export function findPendingRequest(context: IExecuteFunctions, itemIndex: number): PendingRequest {
	const triggers = context
		.getParentNodes(context.getNode().name)
		.filter(({ type, disabled }) => type.endsWith(`.${TRIGGER}`) && !disabled);
	if (triggers.length === 0) {
		throw new InvalidInputError(
			'There is no Kaleyra Flows Endpoint Trigger before this node',
			'Respond works only in a workflow that a Kaleyra Flows Endpoint Trigger starts, and not in a sub-workflow.',
		);
	}
	const proxy = context.getWorkflowDataProxy(itemIndex);
	for (const { name } of triggers) {
		const item = readFirstItem(proxy, name);
		if (item !== undefined) return parsePendingRequest(item);
	}
	throw new InvalidInputError(
		'No request waits for a response',
		'The Kaleyra Flows Endpoint Trigger has not received a request in this execution.',
	);
}

/** Reads `$('name').first().json`. @returns undefined if that node hasn't run */
function readFirstItem(proxy: IWorkflowDataProxyData, name: string): unknown {
	const $ = proxy['$'] as (name: string) => { first: () => unknown };
	try {
		const item = $(name).first();
		return isObject(item) ? item['json'] : undefined;
	} catch {
		return undefined;
	}
}
