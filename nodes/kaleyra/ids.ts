import { InvalidInputError } from '../shared/errors';
import { parseIdText, truncateForMessage } from '../shared/node/parameters';

/** Meta's IDs are digits; none is known to be longer than 20. */
const ID = /^[0-9]{1,32}$/;

const FLOW_ID_HELP =
	"A flow ID contains only digits, such as 822625023859371. You can find it with Get Many or in the URL of the flow in WhatsApp Manager. To use a name, set 'Flow' to By Name.";
export const WABA_ID_HELP =
	'A WABA ID contains only digits, such as 102290129340398. WhatsApp Manager shows it in its URL as waba_id or asset_id.';

/**
 * Parses an ID of Meta's, as text with all its digits.
 *
 * The pages mask digits with X ("11576XXXXXXXXXX0"), and one sample list has the ID "flow-1"; real IDs
 * contain only digits, and one page types them as integers. Nothing else is accepted, because a wrong ID
 * must not become another URL.
 *
 * @param label names the value in errors, such as "'Flow ID'"
 * @throws {InvalidInputError} if it isn't an ID
 */
export function parseId(value: unknown, label: string, whereToFind = FLOW_ID_HELP): string {
	const id = parseIdText(value, label, whereToFind);
	if (!ID.test(id)) {
		throw new InvalidInputError(
			`${label} must contain only digits: ${truncateForMessage(id)}`,
			/^[0-9]*X[0-9X]*$/i.test(id)
				? "The X in Kaleyra's documentation stands for a hidden digit. Enter the whole ID."
				: whereToFind,
		);
	}
	return id;
}
