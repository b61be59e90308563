import type { INodeProperties } from 'n8n-workflow';
import { isObject } from '../http/json';
import type { GetParameter } from './parameters';
import { parseInteger } from './parameters';
import type { RequestOptions } from '../http/HttpClient';

const NUMBERS = {
	concurrency: { name: 'Max Concurrent Items', min: 1, max: 50 },
	timeout: { name: 'Timeout (Seconds)', min: 1, max: 300 },
	maxRetries: { name: 'Max Retries', min: 0, max: 10 },
};
/** An answer usually takes under a second; one that needs checks elsewhere first takes longer. */
const TIMEOUT = 30;
const MAX_RETRIES = 4;
const READS_AT_ONCE = 10;
/** One after the other, so that a failed write stops the ones behind it. */
const WRITES_AT_ONCE = 1;

export interface Options {
	concurrency: number;
	patience: RequestOptions;
}

export interface OptionsChoice {
	/** The service's name, for people. */
	service: string;
	writes: boolean;
	/** Options that only this operation has; they come first. */
	operationOptions?: INodeProperties[];
}

/** The options that every operation has, and its own ones. */
export function optionsParameter({
	service,
	writes,
	operationOptions = [],
}: OptionsChoice): INodeProperties {
	const atOnce = writes ? WRITES_AT_ONCE : READS_AT_ONCE;
	const shared: INodeProperties[] = [
		{
			displayName: NUMBERS.concurrency.name,
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: NUMBERS.concurrency.min, maxValue: NUMBERS.concurrency.max },
			default: atOnce,
			description: 'How many input items are worked on at the same time',
		},
		{
			displayName: NUMBERS.maxRetries.name,
			name: 'maxRetries',
			type: 'number',
			typeOptions: { minValue: NUMBERS.maxRetries.min, maxValue: NUMBERS.maxRetries.max },
			default: MAX_RETRIES,
			description: `How often a request is tried again after too many requests, a fault of ${service} or a broken connection, if that is harmless`,
		},
		{
			displayName: NUMBERS.timeout.name,
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: NUMBERS.timeout.min, maxValue: NUMBERS.timeout.max },
			default: TIMEOUT,
			description: 'How long to wait for one answer',
		},
	];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...operationOptions, ...shared],
	};
}

/** @throws {InvalidInput} where a number is out of its range */
export function parseOptions(parameter: GetParameter, { writes }: { writes: boolean }): Options {
	const options = parameter('options', {});
	const read = (name: keyof typeof NUMBERS, fallback: number) =>
		parseInteger(isObject(options) && name in options ? options[name] : fallback, NUMBERS[name]);
	return {
		concurrency: read('concurrency', writes ? WRITES_AT_ONCE : READS_AT_ONCE),
		patience: {
			timeout: read('timeout', TIMEOUT) * 1000,
			maxRetries: read('maxRetries', MAX_RETRIES),
		},
	};
}
