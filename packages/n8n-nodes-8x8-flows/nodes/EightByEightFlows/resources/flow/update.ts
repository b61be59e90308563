import type { INodeProperties, JsonObject } from 'n8n-workflow';
import { toSnakeCaseFlow } from '../../../eightByEight/flow';
import type { GetParameter } from '../../../shared/node/parameters';
import { omitBlank } from '../../../shared/node/parameters';
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
import { flowParameter, resolveFlowId } from '../../../eightByEight/parameters/flow';
import { createOptionsParameter } from '../../../eightByEight/parameters/options';
import { fieldNamesOption, parseFieldNames } from '../../../eightByEight/parameters/fieldNames';
import { optional, OPTIONAL_FIELDS } from '../../../shared/whatsappFlows/flowContent';
import type { FlowOperation } from '../operation';

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description:
		'The fields to change. All others, and a blank name, categories, or endpoint URI, are left unchanged.',
	options: [
		applicationIdParameter,
		optional(categoriesParameter),
		cloneFlowIdParameter,
		optional(endpointUriParameter),
		flowJsonParameter,
		optional(nameParameter),
		publishParameter,
	],
};

/** Update WhatsApp Flow: PUT /channels/<channelId>/flows/<flowId>. Only for drafts. */
export const update: FlowOperation = {
	name: 'Update',
	value: 'update',
	action: 'Update flow',
	description: 'Update the name, categories, JSON, or endpoint URI of a draft flow',
	writes: true,
	parameters: [
		channelIdParameter,
		flowParameter,
		updateFields,
		createOptionsParameter({ writes: true, operationOptions: [fieldNamesOption] }),
	],
	async execute({ client, getParameter, addHint }) {
		const channelId = parseChannelId(getParameter);
		const id = await resolveFlowId({ client, getParameter }, () => channelId);
		const renameFields = parseFieldNames(getParameter, toSnakeCaseFlow);
		const changes = parseUpdateFields(getParameter);
		const flow = await client.updateFlow(channelId, id, changes);
		const warning = getPublishWarning(changes, flow);
		if (warning) addHint(warning);
		return [renameFields({ ...flow, success: true })];
	},
};

/** @throws {InvalidInputError} if there is no field, or a value is invalid */
function parseUpdateFields(getParameter: GetParameter): JsonObject {
	const changes = parseFlowContent(omitBlank(getParameter('updateFields', {}), OPTIONAL_FIELDS));
	if (Object.keys(changes).length > 0) return changes;
	throw new InvalidInputError(
		"'Update Fields' is empty",
		"Add a name, categories, JSON, or another field under 'Update Fields'.",
	);
}
