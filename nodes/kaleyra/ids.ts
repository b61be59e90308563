import { parseIdText, truncateForMessage } from '../shared/node/ids';
import { InvalidInputError } from '../shared/errors';

/** Meta's ids are digits; none is known to be longer than 20. */
const ID = /^[0-9]{1,32}$/;

const FLOW_ID =
	'A flow ID is digits only, such as 822625023859371. Get Many shows it, and so does the address of the flow in WhatsApp Manager.';
export const WABA_ID =
	'A WABA ID is digits only, such as 102290129340398. WhatsApp Manager shows it in its address as waba_id or asset_id. Left empty, the one of the credential is used.';

/**
 * An ID of Meta's, as text with all its digits.
 *
 * The pages mask digits with X ("11576XXXXXXXXXX0") and one sample list calls its flows "flow-1"; real
 * ids are digits only, and one page types them as integers. So nothing else is taken: a wrong id must
 * not become another address.
 *
 * @throws {InvalidInput} where it cannot be one
 */
export function parseId(value: unknown, name: string, whereToFind = FLOW_ID): string {
	const id = parseIdText(value, name, whereToFind);
	if (!ID.test(id)) {
		throw new InvalidInputError(
			`${name} must be digits only: ${truncateForMessage(id)}`,
			/^[0-9]*X[0-9X]*$/i.test(id)
				? `The X in Kaleyra's documents stands for a digit they hide. Enter the whole ID.`
				: whereToFind,
		);
	}
	return id;
}
