import type { IDataObject } from 'n8n-workflow';
import { createFlowJson } from '../../mock-api/accounts.mts';
import type { Scripted } from '../../mock-api/faults.mts';
import type { Recorded } from '../../mock-api/KaleyraMock.mts';
import type { RunOptions } from '../n8nHarness.mts';
import { byId, harness, mockApi } from '../setup.mts';

export const FLOW_JSON = createFlowJson('Grüße 👋');

/** Runs an operation of the resource Flow. */
export const run = async (operation: string, parameters: IDataObject, options?: RunOptions) =>
	await harness.run({ resource: 'flow', operation, ...parameters }, options);

/** Runs an operation on one flow. */
export const runOn = async (
	operation: string,
	flowId: unknown,
	parameters: IDataObject = {},
	options?: RunOptions,
) => await run(operation, { flowId: byId(flowId), ...parameters }, options);

/** The flow's page in WhatsApp Manager. */
export const getUrl = (id: string) => `https://business.facebook.com/wa/manage/flows/${id}/`;

export const findFlow = (id: string) => mockApi.flows.find((flow) => flow.id === id);
export const findByName = (name: string) => mockApi.flows.filter((flow) => flow.name === name);

/** Requests other than GET. */
export const getWrites = () =>
	mockApi.requests
		.filter(({ method }) => method !== 'GET')
		.map(
			({ method, target }) => `${method} ${target.replace('/v2/HXAP0000000000IN/whatsapp', '')}`,
		);

/** Responds to the next requests that aren't GET; undefined stands for the documented response. */
export function scriptWrites(...responses: (Scripted | undefined)[]): void {
	mockApi.settings.always = ({ method }: Recorded) =>
		method === 'GET' ? undefined : responses.shift();
}

/** Faults after which only reading back shows that a write was applied. */
export const LOST_RESPONSES: [string, Scripted, IDataObject][] = [
	['a 500', { status: 500, body: '', applyFirst: true }, {}],
	['a connection reset', { fault: 'reset', applyFirst: true }, {}],
	['a timeout', { fault: 'silence', applyFirst: true }, { timeout: 2 }],
	['an empty 200', { status: 200, body: '', applyFirst: true }, {}],
	['an HTML page', { status: 200, body: '<html>', applyFirst: true }, {}],
	['JSON of another service', { status: 200, body: { note: 'x' }, applyFirst: true }, {}],
	['success: "yes"', { status: 200, body: { success: 'yes' }, applyFirst: true }, {}],
];

/** Parameters that Create and Create or Update reject, with the error. */
export const INVALID_FLOWS: [string, IDataObject, RegExp][] = [
	['an empty name', { name: ' ' }, /^'Name' is empty$/],
	['no category', { categories: '={{ [] }}' }, /^'Categories' is empty$/],
	[
		'an expression without a WABA ID',
		{ wabaId: '={{ $json.no }}' },
		/^The expression in 'WABA ID' returns nothing$/,
	],
	[
		'an http endpoint',
		{ additionalFields: { endpointUri: 'http://example.com' } },
		/isn't an https URL/,
	],
];
