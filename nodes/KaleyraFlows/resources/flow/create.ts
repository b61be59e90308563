import type { INodeProperties } from 'n8n-workflow';
import { CATEGORIES } from '../../../kaleyra/constants';
import { findId } from '../../../kaleyra/flowDirectory';
import { parseId } from '../../../kaleyra/ids';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { parseWabaIdForWrite, wabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import { InvalidInputError } from '../../../shared/errors';
import type { GetParameter } from '../../../shared/node/parameters';
import { omitBlank } from '../../../shared/node/parameters';
import {
	createCategoriesParameter,
	createNameParameter,
	endpointUriParameter,
	parseCategories,
	parseEndpointUri,
	parseName,
} from '../../../shared/whatsappFlows/flowContent';
import { createWriteOutput } from '../../../shared/whatsappFlows/writeOutput';
import type { FlowOperation } from '../operation';

const inferredNotice: INodeProperties = {
	displayName:
		"Kaleyra's public documentation doesn't show this request in full. Its path and fields are inferred from Kaleyra's other requests and Meta's API.",
	name: 'inferredNotice',
	type: 'notice',
	default: '',
};

const additionalFieldsParameter: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Clone Flow ID',
			name: 'cloneFlowId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 822625023859371',
			description: 'The ID of the flow to copy the flow JSON from, digits only',
		},
		endpointUriParameter,
	],
};

/** Create Flow: POST /v2/<sid>/whatsapp/<waba_id>/flows. Path and fields are inferred. */
export const create: FlowOperation = {
	name: 'Create',
	value: 'create',
	action: 'Create flow',
	description: 'Create an empty draft, or a copy of another flow',
	writes: true,
	parameters: [
		inferredNotice,
		{ ...wabaIdParameter, description: 'The WhatsApp Business Account to create the flow in' },
		{ ...createNameParameter('a WABA'), required: true },
		{
			...createCategoriesParameter(CATEGORIES),
			required: true,
			description: 'What the flow is for, at least one',
		},
		additionalFieldsParameter,
		optionsParameter({ writes: true }),
	],
	async execute({ client, getParameter, isExpression }) {
		const wabaId = parseWabaIdForWrite({ client, getParameter, isExpression });
		const name = parseName(getParameter('name', ''));
		const content = {
			name,
			categories: parseCategories(getParameter('categories', []), CATEGORIES),
			...parseAdditionalFields(getParameter),
		};
		const existingId = findId(await client.getFlowList(wabaId), name);
		if (existingId !== undefined) {
			throw createNameTakenError(name, existingId, 'No flow was created.');
		}
		const { flow, confirmedByList, alreadyExists } = await client.createFlow(wabaId, content);
		if (alreadyExists) throw createNameTakenError(name, flow.id, 'Kaleyra rejected the request.');
		const outcome = { id: flow.id, name, status: 'DRAFT' };
		return [{ ...createWriteOutput(outcome, { confirmed_by_list: confirmedByList }), ...flow }];
	},
};

/** @throws {InvalidInputError} if an added field has an invalid value */
function parseAdditionalFields(getParameter: GetParameter) {
	const fields = omitBlank(getParameter('additionalFields', {}), ['cloneFlowId', 'endpointUri']);
	return {
		...('cloneFlowId' in fields && {
			clone_flow_id: parseId(fields['cloneFlowId'], "'Clone Flow ID'"),
		}),
		...('endpointUri' in fields && { endpoint_uri: parseEndpointUri(fields['endpointUri']) }),
	};
}

const createNameTakenError = (name: string, id: string, outcome: string) =>
	new InvalidInputError(
		`The WABA already has a flow named "${name}" (ID ${id})`,
		`${outcome} Use another name, or the operation Create or Update.`,
	);
