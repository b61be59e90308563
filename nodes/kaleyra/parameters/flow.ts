import type { OperationContext } from '../../shared/node/operations';
import { createFlowLocator, resolveFlowLocator } from '../../shared/whatsappFlows/flowLocator';
import { ID_PATTERN, parseId } from '../ids';
import type { KaleyraClient } from '../KaleyraClient';
import { parseWabaId } from './wabaId';

/** Which flow: from a list of the WABA, by ID, by name, or by URL. */
export const flowParameter = createFlowLocator({
	idHint: 'Digits only. You can find it with Get Many or in WhatsApp Manager.',
	idPattern: ID_PATTERN,
	scope: 'the WABA',
});

/** @throws {InvalidInputError} if the parameter doesn't identify a flow */
export async function resolveFlowId({
	client,
	getParameter,
}: Pick<OperationContext<KaleyraClient>, 'client' | 'getParameter'>): Promise<string> {
	return await resolveFlowLocator(getParameter, {
		parseId: (value) => parseId(value, "'Flow ID'"),
		listFlows: async () => {
			const options = { limit: Infinity, filter: () => true };
			const wabaId = parseWabaId(getParameter, client.defaultWabaId);
			return (await client.getFlows(wabaId, [], options)).rows;
		},
	});
}
