import type { IDataObject } from 'n8n-workflow';
import type { RunOptions } from '../n8nHarness.mts';
import { byId, harness, PUBLISHED } from '../setup.mts';

/** A published flow, and a customer. */
export const CUSTOMER = '+919876543210';

/** Valid parameters of a message; the options `flowToken` and `maxRetries` make its requests predictable. */
export const FLOW_MESSAGE: IDataObject = {
	resource: 'message',
	operation: 'sendFlow',
	to: CUSTOMER,
	flowId: byId(PUBLISHED),
	bodyText: 'Tell us what you think.',
	buttonText: 'Start',
};

export const TEMPLATE_MESSAGE: IDataObject = {
	resource: 'message',
	operation: 'sendFlowTemplate',
	to: CUSTOMER,
	templateName: 'appointment_reminder',
	language: 'en_US',
	bodyVariables: { values: [{ value: 'Asha' }, { value: 'Monday' }] },
};

const TOKEN = { flowToken: 'token-1' };

export const sendFlow = async (
	options: IDataObject = {},
	parameters: IDataObject = {},
	run?: RunOptions,
) => await harness.run({ ...FLOW_MESSAGE, ...parameters, options: { ...TOKEN, ...options } }, run);

export const sendTemplate = async (
	options: IDataObject = {},
	parameters: IDataObject = {},
	run?: RunOptions,
) =>
	await harness.run({ ...TEMPLATE_MESSAGE, ...parameters, options: { ...TOKEN, ...options } }, run);
