import type { Recorded } from '../recordedRequest.mts';
import type { Section } from './servePage.mts';

const MAX_SHOWN = 100;
const MAX_CHARACTERS = 5_000;

interface Source {
	requests: Recorded[];
	/** @returns the operation's name in the provider's documentation */
	getTitle(request: Recorded): string | undefined;
}

/** The requests that arrived, without their headers, because those contain the API key. */
export function createRequestsSection(source: Source): Section {
	return {
		getState: () =>
			source.requests.slice(-MAX_SHOWN).map((request) => ({
				at: request.at,
				title: source.getTitle(request),
				method: request.method,
				target: request.target,
				status: request.status,
				body: getText(request).slice(0, MAX_CHARACTERS),
			})),
		actions: {
			clear: () => {
				source.requests = [];
				return true;
			},
		},
	};
}

function getText({ body, parts }: Recorded): string {
	if (!parts) return body;
	return parts
		.map(({ name, filename, content }) => {
			const file = filename === undefined ? '' : ` (${filename})`;
			return `${name}${file}: ${content.toString()}`;
		})
		.join('\n');
}
