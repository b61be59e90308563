import type { INodeProperties } from 'n8n-workflow';
import { parseId, WABA_ID } from '../ids';
import { InvalidInputError } from '../../shared/errors';
import type { GetParameter } from '../../shared/node/parameters';

/** Of Get Many and the trigger: which account to read. */
export const wabaIdParameter: INodeProperties = {
	displayName: 'WABA ID',
	name: 'wabaId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 102290129340398',
	description: 'The WhatsApp Business Account to read',
	hint: 'Leave empty to use the WABA ID of the credential',
};

/** Of the other operations: a flow has an ID of its own, so this only decides what From List shows. */
export const listWabaIdParameter: INodeProperties = {
	...wabaIdParameter,
	description:
		'The WhatsApp Business Account whose flows From List shows. Not needed with an ID or a URL.',
	hint: 'Optional: whose flows the list shows. Leave empty to use the WABA ID of the credential.',
};

/** @throws {InvalidInput} where neither the node nor the credential names one */
export function parseWabaId(parameter: GetParameter, ofCredential: string | undefined): string {
	const operationOptions = parameter('wabaId', '');
	if (!isBlank(operationOptions)) return parseId(operationOptions, 'WABA ID', WABA_ID);
	if (isBlank(ofCredential)) {
		throw new InvalidInputError(
			'WABA ID is empty, and the credential has none either',
			'Enter the ID of the WhatsApp Business Account in the node, or once for all in the credential. WhatsApp Manager shows it under Account tools > Phone numbers, and in the address as waba_id.',
		);
	}
	return parseId(ofCredential, 'WABA ID of the credential', WABA_ID);
}

function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}
