import type { IDataObject } from 'n8n-workflow';
import type { RunOptions } from '../../n8nHarness.mts';
import { byId, harness, PUBLISHED } from '../setup.mts';

/** A subaccount of the mock API, and a customer. */
export const SUBACCOUNT = 'Mock_API';
export const CUSTOMER = '+6591234567';
export const USER_ID = 'SG.13491208655302741918';

const FLOW_MESSAGE: IDataObject = {
	resource: 'message',
	operation: 'sendFlow',
	to: CUSTOMER,
	flowId: byId(PUBLISHED),
	bodyText: 'Tell us what you think.',
	buttonText: 'Start',
};

const TEMPLATE_MESSAGE: IDataObject = {
	resource: 'message',
	operation: 'sendFlowTemplate',
	to: CUSTOMER,
	templateName: 'appointment_reminder',
	language: 'en_US',
	bodyVariables: { values: [{ value: 'Asha' }, { value: 'Monday' }] },
};

export const sendFlow = async (
	options: IDataObject = {},
	parameters: IDataObject = {},
	run?: RunOptions,
) =>
	await harness.run(
		{ ...FLOW_MESSAGE, ...parameters, options: { flowToken: 'token-1', ...options } },
		run,
	);

export const sendTemplate = async (
	options: IDataObject = {},
	parameters: IDataObject = {},
	run?: RunOptions,
) => await harness.run({ ...TEMPLATE_MESSAGE, ...parameters, options }, run);

export const sendAndWait = async (options: IDataObject = {}, run?: RunOptions) =>
	await harness.run({ ...FLOW_MESSAGE, operation: 'sendAndWait', options }, run);
