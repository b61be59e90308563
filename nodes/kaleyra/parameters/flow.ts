import type { OperationContext } from '../../shared/node/operations';
import { createFlowLocator, resolveFlowLocator } from '../../shared/whatsappFlows/flowLocator';
import { parseId } from '../ids';
import type { KaleyraClient } from '../KaleyraClient';
import { parseWabaId, parseWabaIdForWrite } from './wabaId';

type Context = OperationContext<KaleyraClient>;

/** Which flow: from a list of the WABA, by ID, by name, or by URL. */
export const flowParameter = createFlowLocator({
	idHint: 'Digits only. You can find it with Get Many or in WhatsApp Manager.',
	scope: 'the WABA',
});

/** @throws {InvalidInputError} if the parameter doesn't identify a flow */
export const resolveFlowId = async (context: Pick<Context, 'client' | 'getParameter'>) =>
	await resolve(context, () => parseWabaId(context.getParameter, context.client.defaultWabaId));

/** The same for a write. @throws {InvalidInputError} also if the name's WABA is an expression that returns nothing */
export const resolveFlowIdForWrite = async (
	context: Pick<Context, 'client' | 'getParameter' | 'isExpression'>,
) => await resolve(context, () => parseWabaIdForWrite(context));

async function resolve(
	{ client, getParameter }: Pick<Context, 'client' | 'getParameter'>,
	getWabaId: () => string,
): Promise<string> {
	return await resolveFlowLocator(getParameter, {
		parseId: (value) => parseId(value, "'Flow ID'"),
		listFlows: async () => {
			const options = { limit: Infinity, filter: () => true };
			return (await client.getFlows(getWabaId(), [], options)).rows;
		},
	});
}
