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
import { createOptionsParameter } from '../../../eightByEight/parameters/options';
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
	description: 'Create an empty flow, a flow from JSON, or a copy of another flow',
	writes: true,
	parameters: [
		channelIdParameter,
		{ ...nameParameter, required: true },
		{ ...categoriesParameter, required: true, description: 'At least one category' },
		additionalFields,
		createOptionsParameter({ writes: true, operationOptions: [fieldNamesOption] }),
	],
	async execute({ client, getParameter, addHint }) {
		const channelId = parseChannelId(getParameter);
		const renameFields = parseFieldNames(getParameter, toSnakeCaseFlow);
		const content = {
			name: parseName(getParameter('name', '')),
			categories: parseCategories(getParameter('categories', [])),
			...parseFlowContent(getParameter('additionalFields', {})),
		};
		const flow = await client.createFlow(channelId, content);
		const warning = getPublishWarning(content, flow);
		if (warning) addHint(warning);
		return [renameFields({ ...flow, success: true })];
	},
};
