import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import type { Outcome } from './outcome';
import { answerOf, noAnswerOf } from './outcome';
import type { Refusal } from './refusal';

/** In milliseconds. Somebody is watching the dialog. */
const TIMEOUT = 15_000;

/** Asks once, with the one HTTP helper that n8n gives to a credential test. */
export async function ask(
	{ helpers }: ICredentialTestFunctions,
	uri: string,
	headers: Record<string, string>,
): Promise<Outcome> {
	const options = {
		method: 'GET',
		uri,
		headers,
		timeout: TIMEOUT,
		resolveWithFullResponse: true,
		simple: false,
		followRedirect: false,
	};
	return await helpers.request(options).then(answerOf, noAnswerOf);
}

/** What the dialog shows of a refusal, or of a value that cannot be right. */
export function failed({
	message,
	nextStep,
}: Pick<Refusal, 'message' | 'nextStep'>): INodeCredentialTestResult {
	const sentence = /[.!?]$/.test(message) ? message : `${message}.`;
	return { status: 'Error', message: `${sentence} ${nextStep}` };
}
