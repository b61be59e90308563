import type { GetParameter } from '../../shared/node/parameters';
import { createFlowLocator, parseFlowLocator } from '../../shared/whatsappFlows/flowLocator';
import { parseId } from '../ids';

/** Which flow: from a list of the WABA, by ID, or by URL. */
export const flowParameter = createFlowLocator(
	'Digits only. You can find it with Get Many or in WhatsApp Manager.',
);

/** @throws {InvalidInputError} if the parameter doesn't identify a flow */
export const parseFlowId = (getParameter: GetParameter) =>
	parseFlowLocator(getParameter, (value) => parseId(value, "'Flow ID'"));
