import type { INodeProperties } from 'n8n-workflow';
import { inKaleyraKeys } from '../../../api/flow';
import { channelField, readChannelId } from '../../fields/channel';
import {
	categoriesField,
	cloneFlowIdField,
	endpointUriField,
	flowJsonField,
	nameField,
	notPublished,
	publishField,
	readCategories,
	readContent,
	readName,
} from '../../fields/content';
import { optionsField } from '../../fields/options';
import { outputOption, readOutput } from '../../fields/output';
import type { FlowOperation } from '../operation';

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [cloneFlowIdField, endpointUriField, flowJsonField, publishField],
};

/** Create WhatsApp Flow: POST /channels/<channelId>/flows. */
export const create: FlowOperation = {
	name: 'Create',
	value: 'create',
	action: 'Create flow',
	description: 'Make a new flow, empty, from JSON or as a copy of another one',
	writes: true,
	fields: [
		channelField,
		{ ...nameField, required: true },
		{ ...categoriesField, required: true, description: 'What the flow is for, at least one' },
		additionalFields,
		optionsField({ writes: true, own: [outputOption] }),
	],
	async execute({ client, parameter, hint }) {
		const channelId = readChannelId(parameter);
		const output = readOutput(parameter, inKaleyraKeys);
		const flow = {
			name: readName(parameter('name', '')),
			categories: readCategories(parameter('categories', [])),
			...readContent(parameter('additionalFields', {})),
		};
		const created = await client.createFlow(channelId, flow);
		const remark = notPublished(flow, created);
		if (remark) hint(remark);
		return [output({ ...created, success: true })];
	},
};
