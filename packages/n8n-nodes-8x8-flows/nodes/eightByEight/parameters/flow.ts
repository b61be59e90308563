import { parseId } from '../ids';
import type { GetParameter } from '../../shared/node/parameters';
import { createFlowLocator, parseFlowLocator } from '../../shared/whatsappFlows/flowLocator';

export const flowParameter = createFlowLocator('Shown by Get Many and in WhatsApp Manager');

/** @throws {InvalidInputError} if the parameter doesn't identify a flow */
export const parseFlowId = (getParameter: GetParameter) =>
	parseFlowLocator(getParameter, (value) => parseId(value, 'Flow ID'));
