import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { WAIT_INDEFINITELY } from 'n8n-workflow';
import { InvalidInputError } from '../errors';
import { isObject } from '../http/json';
import type { GetParameter } from './parameters';

/** Executions that wait for an event from outside, as n8n's own operations Send and Wait do. */
export interface Waiting {
	/** Number of input items: an execution waits for one event at a time. */
	itemCount: number;
	/** Where a POST resumes the execution, with n8n's signature. */
	createSignedResumeUrl: () => string;
	/**
	 * Puts the execution to wait. n8n stores it, so that it survives restarts.
	 *
	 * @param until the limit; the execution continues then with the item
	 */
	start: (until: Date, itemAfterLimit: IDataObject) => Promise<void>;
}

export const createWaiting = (context: IExecuteFunctions): Waiting => ({
	itemCount: context.getInputData().length,
	createSignedResumeUrl: () => context.getSignedResumeUrl(),
	start: async (until, itemAfterLimit) => {
		// After the limit, n8n passes on what the node received.
		context.getExecuteData().data = {
			main: [[{ json: itemAfterLimit, pairedItem: { item: 0 } }]],
		};
		requireSignature(context);
		await context.putExecutionToWait(until);
	},
});

/** Later n8n versions always check the signature; in n8n 1.123 and 2.0, the node has to ask for it. */
function requireSignature(context: object): void {
	if (!('setSignatureValidationRequired' in context)) return;
	const { setSignatureValidationRequired: require } = context;
	if (typeof require === 'function') Reflect.apply(require, context, []);
}

/** With the names of n8n's own option. */
export const limitWaitTimeOption: INodeProperties = {
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	type: 'fixedCollection',
	default: { values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' } },
	description:
		'How long to wait at most. Without a limit, the execution waits until it is resumed.',
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Limit Type',
					name: 'limitType',
					type: 'options',
					options: [
						{ name: 'After Time Interval', value: 'afterTimeInterval' },
						{ name: 'At Specified Time', value: 'atSpecifiedTime' },
					],
					default: 'afterTimeInterval',
					description: 'When to continue without an event',
				},
				{
					displayName: 'Amount',
					name: 'resumeAmount',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 2 },
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					default: 1,
					description: 'The time to wait',
				},
				{
					displayName: 'Unit',
					name: 'resumeUnit',
					type: 'options',
					options: [
						{ name: 'Minutes', value: 'minutes' },
						{ name: 'Hours', value: 'hours' },
						{ name: 'Days', value: 'days' },
					],
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					default: 'hours',
					description: 'The unit of the amount',
				},
				{
					displayName: 'Max Date and Time',
					name: 'maxDateAndTime',
					type: 'dateTime',
					displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
					default: '',
					description: 'When to continue without an event',
				},
			],
		},
	],
};

/** In milliseconds. */
const UNITS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** @throws {InvalidInputError} if the limit is no time */
export function parseWaitLimit(getParameter: GetParameter): Date {
	const limit = getParameter('options.limitWaitTime.values', {});
	if (!isObject(limit) || Object.keys(limit).length === 0) return WAIT_INDEFINITELY;
	const { limitType, resumeAmount, resumeUnit, maxDateAndTime } = limit;
	const until =
		limitType === 'atSpecifiedTime'
			? new Date(String(maxDateAndTime))
			: new Date(
					Date.now() + Number(resumeAmount ?? 1) * (UNITS[String(resumeUnit ?? 'hours')] ?? NaN),
				);
	if (!Number.isNaN(until.getTime())) return until;
	throw new InvalidInputError(
		"'Limit Wait Time' is no time",
		'Enter a number and a unit, or a date and time.',
	);
}
