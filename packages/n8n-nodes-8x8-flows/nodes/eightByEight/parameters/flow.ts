import { parseId } from '../ids';
import type { EightByEightClient } from '../EightByEightClient';
import { MAX_LIST_LIMIT } from '../constants';
import type { OperationContext } from '../../shared/node/operations';
import { createFlowLocator, resolveFlowLocator } from '../../shared/whatsappFlows/flowLocator';

export const flowParameter = createFlowLocator({
	idHint: 'Shown by Get Many and in WhatsApp Manager',
	scope: 'the channel',
});

/**
 * @param getChannelId of the channel to search for a name
 * @throws {InvalidInputError} if the parameter doesn't identify a flow
 */
export const resolveFlowId = async (
	{ client, getParameter }: Pick<OperationContext<EightByEightClient>, 'client' | 'getParameter'>,
	getChannelId: () => string,
): Promise<string> =>
	await resolveFlowLocator(getParameter, {
		parseId: (value) => parseId(value, 'Flow ID'),
		listFlows: async () => await client.getFlows(getChannelId(), MAX_LIST_LIMIT),
	});
