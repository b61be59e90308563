import type { INodeProperties } from 'n8n-workflow';
import { CATEGORIES } from '../../../kaleyra/constants';
import { KaleyraFlowStore } from '../../../kaleyra/flowStore';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { parseWabaIdForWrite, wabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import { omitBlank, parseBoolean } from '../../../shared/node/parameters';
import {
	createCategoriesParameter,
	createNameParameter,
	endpointUriParameter,
	optional,
	parseCategories,
	parseEndpointUri,
	parseName,
} from '../../../shared/whatsappFlows/flowContent';
import {
	flowJsonInputParameters,
	parseFlowJsonInput,
} from '../../../shared/whatsappFlows/flowJsonParameters';
import { publishOption, upsertFlow } from '../../../shared/whatsappFlows/upsert';
import type { FlowOperation } from '../operation';

const upsertNotice: INodeProperties = {
	displayName:
		"The name identifies the flow. Changing a published flow returns it to draft. Running the operation again changes nothing. Creating a flow is inferred: Kaleyra's public documentation doesn't show the request in full.",
	name: 'upsertNotice',
	type: 'notice',
	default: '',
};

/** Creates a flow, or updates what differs, with the requests of Create, Update JSON, and Update Metadata. */
export const upsert: FlowOperation = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update flow (returns a changed flow to draft)',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	writes: true,
	parameters: [
		upsertNotice,
		{ ...wabaIdParameter, description: 'The WhatsApp Business Account of the flow' },
		{ ...createNameParameter('a WABA'), required: true },
		{ ...createCategoriesParameter(CATEGORIES), required: true },
		...flowJsonInputParameters,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [optional(endpointUriParameter)],
		},
		optionsParameter({ writes: true, operationOptions: [publishOption] }),
	],
	async execute({ client, getParameter, isExpression, binary, addHint }) {
		const wabaId = parseWabaIdForWrite({ client, getParameter, isExpression });
		const fields = omitBlank(getParameter('additionalFields', {}), ['endpointUri']);
		const wanted = {
			name: parseName(getParameter('name', '')),
			categories: parseCategories(getParameter('categories', []), CATEGORIES),
			...('endpointUri' in fields && { endpointUri: parseEndpointUri(fields['endpointUri']) }),
			json: await parseFlowJsonInput(getParameter, binary),
			publish: parseBoolean(getParameter('options.publish', false), 'Publish'),
		};
		const store = new KaleyraFlowStore(client, wabaId);
		const { validationErrors, ...result } = await upsertFlow(store, wanted, addHint);
		return [{ ...result, validation_errors: validationErrors }];
	},
};
