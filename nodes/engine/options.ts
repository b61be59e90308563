import type { INodeProperties } from 'n8n-workflow';
import { isObject } from './json';
import type { Parameter } from './read';
import { readWholeNumber } from './read';
import type { Patience } from './request';

const NUMBERS = {
	itemsAtOnce: { name: 'Items at Once', min: 1, max: 50 },
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
	itemsAtOnce: number;
	patience: Patience;
}

export interface OptionsChoice {
	/** The service's name, for people. */
	service: string;
	writes: boolean;
	/** Options that only this operation has; they come first. */
	own?: INodeProperties[];
}

/** The options that every operation has, and its own ones. */
export function optionsField({ service, writes, own = [] }: OptionsChoice): INodeProperties {
	const atOnce = writes ? WRITES_AT_ONCE : READS_AT_ONCE;
	const shared: INodeProperties[] = [
		{
			displayName: NUMBERS.itemsAtOnce.name,
			name: 'itemsAtOnce',
			type: 'number',
			typeOptions: { minValue: NUMBERS.itemsAtOnce.min, maxValue: NUMBERS.itemsAtOnce.max },
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
		options: [...own, ...shared],
	};
}

/** @throws {InvalidInput} where a number is out of its range */
export function readOptions(parameter: Parameter, { writes }: { writes: boolean }): Options {
	const options = parameter('options', {});
	const read = (name: keyof typeof NUMBERS, fallback: number) =>
		readWholeNumber(isObject(options) && name in options ? options[name] : fallback, NUMBERS[name]);
	return {
		itemsAtOnce: read('itemsAtOnce', writes ? WRITES_AT_ONCE : READS_AT_ONCE),
		patience: {
			timeout: read('timeout', TIMEOUT) * 1000,
			maxRetries: read('maxRetries', MAX_RETRIES),
		},
	};
}
