import type { INodeProperties } from 'n8n-workflow';
import { toSnakeCaseFlow } from '../../../eightByEight/flow';
import { EightByEightFlowStore } from '../../../eightByEight/flowStore';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { fieldNamesOption, parseFieldNames } from '../../../eightByEight/parameters/fieldNames';
import {
	categoriesParameter,
	nameParameter,
	parseCategories,
	parseName,
} from '../../../eightByEight/parameters/flowContent';
import { createOptionsParameter } from '../../../eightByEight/parameters/options';
import { parseBoolean } from '../../../shared/node/parameters';
import {
	flowJsonInputParameters,
	parseFlowJsonInput,
} from '../../../shared/whatsappFlows/flowJsonParameters';
import { publishOption, upsertFlow } from '../../../shared/whatsappFlows/upsert';
import type { FlowOperation } from '../operation';

const upsertNotice: INodeProperties = {
	displayName:
		'The name identifies the flow. Running the operation again changes nothing. Only drafts can be changed.',
	name: 'upsertNotice',
	type: 'notice',
	default: '',
};

/** Creates a flow, or updates what differs, with the requests of Create and Update. */
export const upsert: FlowOperation = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update flow',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	writes: true,
	parameters: [
		upsertNotice,
		channelIdParameter,
		{ ...nameParameter, required: true },
		{ ...categoriesParameter, required: true },
		...flowJsonInputParameters,
		createOptionsParameter({ writes: true, operationOptions: [fieldNamesOption, publishOption] }),
	],
	async execute({ client, getParameter, binary, addHint }) {
		const channelId = parseChannelId(getParameter);
		const renameFields = parseFieldNames(getParameter, toSnakeCaseFlow);
		const wanted = {
			name: parseName(getParameter('name', '')),
			categories: parseCategories(getParameter('categories', [])),
			json: await parseFlowJsonInput(getParameter, binary),
			publish: parseBoolean(getParameter('options.publish', false), 'Publish'),
		};
		const store = new EightByEightFlowStore(client, channelId);
		const { validationErrors, ...result } = await upsertFlow(store, wanted, addHint);
		return [{ ...result, ...renameFields({ id: result.id, validationErrors }) }];
	},
};
