import { toSnakeCaseDetails } from '../../../eightByEight/flow';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { flowParameter, resolveFlowId } from '../../../eightByEight/parameters/flow';
import { createOptionsParameter } from '../../../eightByEight/parameters/options';
import { fieldNamesOption, parseFieldNames } from '../../../eightByEight/parameters/fieldNames';
import type { FlowOperation } from '../operation';

/** Get WhatsApp Flow details: GET /channels/<channelId>/flows/<flowId>. */
export const get: FlowOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get flow',
	description: 'Retrieve a flow with its status, categories, and validation errors',
	writes: false,
	parameters: [
		channelIdParameter,
		flowParameter,
		createOptionsParameter({ writes: false, operationOptions: [fieldNamesOption] }),
	],
	async execute({ client, getParameter }) {
		const channelId = parseChannelId(getParameter);
		const id = await resolveFlowId({ client, getParameter }, () => channelId);
		const renameFields = parseFieldNames(getParameter, toSnakeCaseDetails);
		return [renameFields(await client.getFlow(channelId, id))];
	},
};
