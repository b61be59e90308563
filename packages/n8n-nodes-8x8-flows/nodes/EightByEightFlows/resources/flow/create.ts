import type { INodeProperties } from 'n8n-workflow';
import { toSnakeCaseFlow } from '../../../eightByEight/flow';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import {
	categoriesParameter,
	cloneFlowIdParameter,
	endpointUriParameter,
	flowJsonParameter,
	nameParameter,
	getPublishWarning,
	publishParameter,
	parseCategories,
	parseFlowContent,
	parseName,
} from '../../../eightByEight/parameters/flowContent';
import { optionsParameter } from '../../../eightByEight/parameters/options';
import { fieldNamesOption, parseFieldNames } from '../../../eightByEight/parameters/fieldNames';
import type { FlowOperation } from '../operation';

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [cloneFlowIdParameter, endpointUriParameter, flowJsonParameter, publishParameter],
};

/** Create WhatsApp Flow: POST /channels/<channelId>/flows. */
export const create: FlowOperation = {
	name: 'Create',
	value: 'create',
	action: 'Create flow',
	description: 'Make a new flow, empty, from JSON or as a copy of another one',
	writes: true,
	fields: [
		channelIdParameter,
		{ ...nameParameter, required: true },
		{ ...categoriesParameter, required: true, description: 'What the flow is for, at least one' },
		additionalFields,
		optionsParameter({ writes: true, operationOptions: [fieldNamesOption] }),
	],
	async execute({ client, parameter, hint }) {
		const channelId = parseChannelId(parameter);
		const output = parseFieldNames(parameter, toSnakeCaseFlow);
		const flow = {
			name: parseName(parameter('name', '')),
			categories: parseCategories(parameter('categories', [])),
			...parseFlowContent(parameter('additionalFields', {})),
		};
		const created = await client.createFlow(channelId, flow);
		const remark = getPublishWarning(flow, created);
		if (remark) hint(remark);
		return [output({ ...created, success: true })];
	},
};
