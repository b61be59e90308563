import { detailsInKaleyraKeys } from '../../../api/flow';
import { channelField, readChannelId } from '../../fields/channel';
import { flowField, readFlowId } from '../../fields/flow';
import { optionsField } from '../../fields/options';
import { outputOption, readOutput } from '../../fields/output';
import type { FlowOperation } from '../operation';

/** Get WhatsApp Flow details: GET /channels/<channelId>/flows/<flowId>. */
export const get: FlowOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get flow',
	description: 'Read one flow: name, status, categories, validation errors, and where its JSON is',
	writes: false,
	fields: [channelField, flowField, optionsField({ writes: false, own: [outputOption] })],
	async execute({ client, parameter }) {
		const output = readOutput(parameter, detailsInKaleyraKeys);
		return [output(await client.getFlow(readChannelId(parameter), readFlowId(parameter)))];
	},
};
