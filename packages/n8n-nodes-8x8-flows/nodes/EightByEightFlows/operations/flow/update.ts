import type { INodeProperties, JsonObject } from 'n8n-workflow';
import { inKaleyraKeys } from '../../../api/flow';
import type { Parameter } from '../../../engine/read';
import { InvalidInput } from '../../../engine/refusal';
import { channelField, readChannelId } from '../../fields/channel';
import {
	applicationIdField,
	categoriesField,
	cloneFlowIdField,
	endpointUriField,
	flowJsonField,
	nameField,
	publishField,
	notPublished,
	readContent,
} from '../../fields/content';
import { flowField, readFlowId } from '../../fields/flow';
import { optionsField } from '../../fields/options';
import { outputOption, readOutput } from '../../fields/output';
import type { FlowOperation } from '../operation';

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description: 'Only what you add is changed',
	options: [
		applicationIdField,
		categoriesField,
		cloneFlowIdField,
		endpointUriField,
		flowJsonField,
		nameField,
		publishField,
	],
};

/** Update WhatsApp Flow: PUT /channels/<channelId>/flows/<flowId>. Drafts only. */
export const update: FlowOperation = {
	name: 'Update',
	value: 'update',
	action: 'Update flow',
	description: 'Change a draft: name, categories, JSON, endpoint URI',
	writes: true,
	fields: [
		channelField,
		flowField,
		updateFields,
		optionsField({ writes: true, own: [outputOption] }),
	],
	async execute({ client, parameter, hint }) {
		const channelId = readChannelId(parameter);
		const id = readFlowId(parameter);
		const output = readOutput(parameter, inKaleyraKeys);
		const changes = readChanges(parameter);
		const saved = await client.updateFlow(channelId, id, changes);
		const remark = notPublished(changes, saved);
		if (remark) hint(remark);
		return [output({ ...saved, success: true })];
	},
};

/** @throws {InvalidInput} where nothing is set, or something is set to what cannot be meant */
function readChanges(parameter: Parameter): JsonObject {
	const changes = readContent(parameter('updateFields', {}));
	if (Object.keys(changes).length > 0) return changes;
	throw new InvalidInput(
		'There is nothing to update',
		'Add a name, categories, JSON or another field under Update Fields.',
	);
}
