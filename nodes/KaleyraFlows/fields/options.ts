import type { INodeProperties } from 'n8n-workflow';
import { isObject } from '../../engine/json';
import type { Patience } from '../../engine/request';
import type { Parameter } from '../operations/operation';
import { readWholeNumber } from './read';

const NUMBERS = {
	itemsAtOnce: { name: 'Items at Once', min: 1, max: 50 },
	timeout: { name: 'Timeout (Seconds)', min: 1, max: 300 },
	maxRetries: { name: 'Max Retries', min: 0, max: 10 },
};
/** One answer of Kaleyra's usually takes under a second; a publish may ask Meta for its checks first. */
const TIMEOUT = 30;
const MAX_RETRIES = 4;
/** Kaleyra names no limit; Meta allows 200 management calls an hour to a WABA that is not yet in use. */
const READS_AT_ONCE = 10;
/** One after the other, so that a failed write stops the ones behind it. */
const WRITES_AT_ONCE = 1;

export interface Options {
	itemsAtOnce: number;
	patience: Patience;
}

/** The options that every operation has, and its own ones. */
export function optionsField({ writes, own = [] }: { writes: boolean; own?: INodeProperties[] }) {
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
			description:
				'How often a request is tried again after too many requests, a fault of Kaleyra or a broken connection, if that is harmless',
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
	const options: INodeProperties = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...own, ...shared],
	};
	return options;
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
