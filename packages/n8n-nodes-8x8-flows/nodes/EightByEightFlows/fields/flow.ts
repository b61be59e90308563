import { readId } from '../../api/ids';
import type { Parameter } from '../../engine/read';
import { flowFieldWith, readFlowIdWith } from '../../meta/flowField';

/** Which flow: from a list of the channel, by ID, or by its address in WhatsApp Manager. */
export const flowField = flowFieldWith('Get Many and WhatsApp Manager show it');

/** @throws {InvalidInput} where it names no flow */
export const readFlowId = (parameter: Parameter) =>
	readFlowIdWith(parameter, (value) => readId(value, 'Flow ID'));
