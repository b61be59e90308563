import type { INodeProperties, JsonObject } from 'n8n-workflow';
import { draftNotice } from '../../../kaleyra/parameters/draftNotice';
import { getValidationErrors, hasValidationErrors } from '../../../kaleyra/flow';
import type { KaleyraLifecycleClient } from '../../../kaleyra/KaleyraLifecycleClient';
import { flowParameter, resolveFlowIdForWrite } from '../../../kaleyra/parameters/flow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import { InvalidInputError } from '../../../shared/errors';
import { parseBoolean } from '../../../shared/node/parameters';
import {
	flowJsonInputParameters,
	parseFlowJsonInput,
} from '../../../shared/whatsappFlows/flowJsonParameters';
import { assertNoValidationErrors } from '../../../shared/whatsappFlows/validationErrors';
import { parseReturnStatus, returnStatusOption } from '../../../shared/whatsappFlows/writeOutput';
import type { FlowOperation } from '../operation';
import { createUpdateOutput } from '../updateOutput';

const failOnValidationErrorsOption: INodeProperties = {
	displayName: 'Fail on Validation Errors',
	name: 'failOnValidationErrors',
	type: 'boolean',
	default: false,
	description:
		'Whether the item fails if Meta finds errors in the flow JSON. The flow has the new JSON in both cases.',
};

const STORED = {
	ending: ' in the new flow JSON',
	remedy: 'The flow has this JSON now. Fix it, and update it again.',
};

/** Update Flow JSON: POST /v2/<sid>/whatsapp/<flow_id>/assets. Returns a published flow to DRAFT. */
export const updateJson: FlowOperation = {
	name: 'Update JSON',
	value: 'updateJson',
	action: 'Update flow JSON (returns a published flow to draft)',
	description: 'Replace the flow JSON. Returns a published flow to draft.',
	writes: true,
	parameters: [
		draftNotice,
		flowParameter,
		listWabaIdParameter,
		...flowJsonInputParameters,
		optionsParameter({
			writes: true,
			operationOptions: [failOnValidationErrorsOption, returnStatusOption],
		}),
	],
	async execute({ client, getParameter, isExpression, binary, addHint }) {
		const option = getParameter('options.failOnValidationErrors', false);
		const failOnErrors = parseBoolean(option, 'Fail on Validation Errors');
		const returnStatus = parseReturnStatus(getParameter);
		const json = await parseFlowJsonInput(getParameter, binary);
		const id = await resolveFlowIdForWrite({ client, getParameter, isExpression });
		const before = returnStatus ? await client.getFlowDetails(id, []) : undefined;
		const response = await client.updateFlowJson(id, json);
		const errors = await findValidationErrors(client, id, response);
		if (failOnErrors) assertNoValidationErrors(id, assertKnown(id, errors), STORED);
		if (!errors) addHint(`Flow ${id} was updated, but its validation errors couldn't be read.`);
		const output = await createUpdateOutput({ client, addHint }, id, before);
		return [{ ...output, ...response, ...(errors && { validation_errors: errors }) }];
	},
};

/** The validation errors in the response, or else in the flow. @returns undefined if neither shows them */
async function findValidationErrors(
	client: KaleyraLifecycleClient,
	id: string,
	response: JsonObject,
): Promise<JsonObject[] | undefined> {
	const source = hasValidationErrors(response) ? response : await client.getFreshFlow(id);
	return source && getValidationErrors(source);
}

/** @throws {InvalidInputError} if the validation errors are unknown */
function assertKnown(id: string, errors: JsonObject[] | undefined): JsonObject[] {
	if (errors) return errors;
	throw new InvalidInputError(
		`The validation errors of flow ${id} couldn't be read`,
		'The flow has the new JSON. Read the flow with Get to see its validation errors.',
	);
}
