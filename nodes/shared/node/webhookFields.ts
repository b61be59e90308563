import { fromFunction, fromParameter, webhookDescriptionFields } from 'n8n-workflow';

// n8n evaluates these fields of a webhook's description for every request. Newer versions also take functions for
// them, which need no expression engine.

/** The parameter Path. */
export const pathField: { path: string } = hasFunctions()
	? webhookDescriptionFields({ path: fromParameter('path') })
	: { path: '={{ $parameter["path"] }}' };

/** The parameter Path, and HTTP 500 if the workflow ends without a response. */
export const pathAndResponseCodeFields: { path: string; responseCode: string } = hasFunctions()
	? webhookDescriptionFields({
			path: fromParameter('path'),
			responseCode: fromFunction(() => 500),
		})
	: // n8n passes only an expression on as a number.
		{ ...pathField, responseCode: '={{ 500 }}' };

function hasFunctions(): boolean {
	return typeof webhookDescriptionFields === 'function';
}
