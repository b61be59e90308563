import type { INodeProperties, JsonObject } from 'n8n-workflow';
import { toSnakeCaseFlow } from '../../../eightByEight/flow';
import type { GetParameter } from '../../../shared/node/parameters';
import { InvalidInputError } from '../../../shared/errors';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import {
	applicationIdParameter,
	categoriesParameter,
	cloneFlowIdParameter,
	endpointUriParameter,
	flowJsonParameter,
	nameParameter,
	publishParameter,
	getPublishWarning,
	parseFlowContent,
} from '../../../eightByEight/parameters/flowContent';
import { flowParameter, parseFlowId } from '../../../eightByEight/parameters/flow';
import { optionsParameter } from '../../../eightByEight/parameters/options';
import { fieldNamesOption, parseFieldNames } from '../../../eightByEight/parameters/fieldNames';
import type { FlowOperation } from '../operation';

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description: 'Only what you add is changed',
	options: [
		applicationIdParameter,
		categoriesParameter,
		cloneFlowIdParameter,
		endpointUriParameter,
		flowJsonParameter,
		nameParameter,
		publishParameter,
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
		channelIdParameter,
		flowParameter,
		updateFields,
		optionsParameter({ writes: true, operationOptions: [fieldNamesOption] }),
	],
	async execute({ client, parameter, hint }) {
		const channelId = parseChannelId(parameter);
		const id = parseFlowId(parameter);
		const output = parseFieldNames(parameter, toSnakeCaseFlow);
		const changes = parseUpdateFields(parameter);
		const saved = await client.updateFlow(channelId, id, changes);
		const remark = getPublishWarning(changes, saved);
		if (remark) hint(remark);
		return [output({ ...saved, success: true })];
	},
};

/** @throws {InvalidInput} where nothing is set, or something is set to what cannot be meant */
function parseUpdateFields(parameter: GetParameter): JsonObject {
	const changes = parseFlowContent(parameter('updateFields', {}));
	if (Object.keys(changes).length > 0) return changes;
	throw new InvalidInputError(
		'There is nothing to update',
		'Add a name, categories, JSON or another field under Update Fields.',
	);
}
