import type { INodeProperties } from 'n8n-workflow';
import type { RequestOptions } from '../http/HttpClient';
import { isObject } from '../http/json';
import type { GetParameter } from './parameters';
import { parseInteger } from './parameters';

const RANGES = {
	concurrency: { name: 'Max Concurrent Items', min: 1, max: 50 },
	maxRetries: { name: 'Max Retries', min: 0, max: 10 },
	rateLimitTimeout: { name: 'Rate Limit Timeout (Seconds)', min: 0, max: 3_600 },
	timeout: { name: 'Timeout (Seconds)', min: 1, max: 300 },
};
/** Most responses take less than a second; those that need checks at Meta take longer. In seconds. */
const DEFAULT_TIMEOUT = 30;
const DEFAULT_MAX_RETRIES = 4;
/** In seconds. */
const DEFAULT_RATE_LIMIT_TIMEOUT = 120;
const READ_CONCURRENCY = 10;
/** One at a time, so that a failed write stops the following ones. */
const WRITE_CONCURRENCY = 1;

export interface Options {
	concurrency: number;
	requestOptions: RequestOptions;
}

interface OptionsParameter {
	/** The service's name, for the user. */
	service: string;
	writes: boolean;
	/** Options of this operation only; they come first. */
	operationOptions?: INodeProperties[];
}

/** The options of every operation, and its own ones. */
export function optionsParameter({
	service,
	writes,
	operationOptions = [],
}: OptionsParameter): INodeProperties {
	const numberOption = (
		name: keyof typeof RANGES,
		defaultValue: number,
		description: string,
	): INodeProperties => ({
		displayName: RANGES[name].name,
		name,
		type: 'number',
		typeOptions: { minValue: RANGES[name].min, maxValue: RANGES[name].max },
		default: defaultValue,
		description,
	});
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			...operationOptions,
			numberOption(
				'concurrency',
				writes ? WRITE_CONCURRENCY : READ_CONCURRENCY,
				'How many input items to process at the same time',
			),
			numberOption(
				'maxRetries',
				DEFAULT_MAX_RETRIES,
				'Maximum number of retries after a server or network error, for requests that are safe to repeat',
			),
			numberOption(
				'rateLimitTimeout',
				DEFAULT_RATE_LIMIT_TIMEOUT,
				`How long to keep retrying while ${service} rejects requests because of a rate limit and none succeeds. 0 turns this off.`,
			),
			numberOption('timeout', DEFAULT_TIMEOUT, 'How long to wait for each response'),
		],
	};
}

/** @throws {InvalidInputError} if a number is out of range */
export function parseOptions(getParameter: GetParameter, { writes }: { writes: boolean }): Options {
	const options = getParameter('options', {});
	const parse = (name: keyof typeof RANGES, fallback: number) =>
		parseInteger(isObject(options) && name in options ? options[name] : fallback, RANGES[name]);
	return {
		concurrency: parse('concurrency', writes ? WRITE_CONCURRENCY : READ_CONCURRENCY),
		requestOptions: {
			timeoutMs: parse('timeout', DEFAULT_TIMEOUT) * 1000,
			maxRetries: parse('maxRetries', DEFAULT_MAX_RETRIES),
			rateLimitTimeoutMs: parse('rateLimitTimeout', DEFAULT_RATE_LIMIT_TIMEOUT) * 1000,
		},
	};
}
