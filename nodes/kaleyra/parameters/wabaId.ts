import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../../shared/errors';
import type { OperationContext } from '../../shared/node/operations';
import type { GetParameter } from '../../shared/node/parameters';
import { parseId, WABA_ID_HELP } from '../ids';
import type { KaleyraClient } from '../KaleyraClient';

/** For Get Many and the trigger: which account to read. */
export const wabaIdParameter: INodeProperties = {
	displayName: 'WABA ID',
	name: 'wabaId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 102290129340398',
	description: 'The ID of the WhatsApp Business Account to read: digits only',
	hint: "Leave empty to use the credential's WABA ID",
};

/** For operations on one flow: a flow ID is enough, so this only determines the list. Goes below Flow. */
export const listWabaIdParameter: INodeProperties = {
	...wabaIdParameter,
	description:
		'The WhatsApp Business Account whose flows From List and By Name search. By ID and By URL ignore it.',
	hint: "Only for From List and By Name. Leave empty to use the credential's WABA ID.",
};

/** @throws {InvalidInputError} if neither the node nor the credential has one */
export function parseWabaId(getParameter: GetParameter, defaultWabaId: string | undefined): string {
	const wabaId = getParameter('wabaId', '');
	if (!isEmpty(wabaId)) return parseId(wabaId, "'WABA ID'", WABA_ID_HELP);
	if (isEmpty(defaultWabaId)) {
		throw new InvalidInputError(
			"'WABA ID' is empty, and the credential has no WABA ID",
			'Enter the ID of the WhatsApp Business Account in the node or in the credential. WhatsApp Manager shows it in its URL as waba_id or asset_id.',
		);
	}
	return parseId(defaultWabaId, "'WABA ID' in the credential", WABA_ID_HELP);
}

/**
 * The same for a write. An expression without a value is a mistake and must not select another account.
 *
 * @throws {InvalidInputError} if an expression returns nothing
 */
export function parseWabaIdForWrite({
	client,
	getParameter,
	isExpression,
}: Pick<OperationContext<KaleyraClient>, 'client' | 'getParameter' | 'isExpression'>): string {
	if (isEmpty(getParameter('wabaId', '')) && isExpression('wabaId')) {
		throw new InvalidInputError(
			"The expression in 'WABA ID' returns nothing",
			"Correct it, or clear 'WABA ID' to use the credential's WABA ID.",
		);
	}
	return parseWabaId(getParameter, client.defaultWabaId);
}

/** @returns undefined if there is none, or it's invalid */
export function findWabaId(
	getParameter: GetParameter,
	defaultWabaId: string | undefined,
): string | undefined {
	try {
		return parseWabaId(getParameter, defaultWabaId);
	} catch {
		return undefined;
	}
}

function isEmpty(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}
