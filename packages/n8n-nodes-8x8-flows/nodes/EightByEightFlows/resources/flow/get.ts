import { toSnakeCaseDetails } from '../../../eightByEight/flow';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { flowParameter, parseFlowId } from '../../../eightByEight/parameters/flow';
import { optionsParameter } from '../../../eightByEight/parameters/options';
import { fieldNamesOption, parseFieldNames } from '../../../eightByEight/parameters/fieldNames';
import type { FlowOperation } from '../operation';

/** Get WhatsApp Flow details: GET /channels/<channelId>/flows/<flowId>. */
export const get: FlowOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get flow',
	description: 'Read one flow: name, status, categories, validation errors, and where its JSON is',
	writes: false,
	fields: [
		channelIdParameter,
		flowParameter,
		optionsParameter({ writes: false, operationOptions: [fieldNamesOption] }),
	],
	async execute({ client, parameter }) {
		const output = parseFieldNames(parameter, toSnakeCaseDetails);
		return [output(await client.getFlow(parseChannelId(parameter), parseFlowId(parameter)))];
	},
};
