import { parseId } from '../ids';
import type { GetParameter } from '../../shared/node/parameters';
import { createFlowLocator, parseFlowLocator } from '../../shared/whatsappFlows/flowLocator';

/** Which flow: from a list of the channel, by ID, or by its address in WhatsApp Manager. */
export const flowParameter = createFlowLocator('Get Many and WhatsApp Manager show it');

/** @throws {InvalidInput} where it names no flow */
export const parseFlowId = (parameter: GetParameter) =>
	parseFlowLocator(parameter, (value) => parseId(value, 'Flow ID'));
