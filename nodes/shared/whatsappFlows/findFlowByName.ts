import { InvalidInputError } from '../errors';
import { truncateForMessage } from '../node/parameters';

export interface NamedFlow {
	id: string;
	name?: unknown;
}

const MAX_SUGGESTIONS = 5;

/** @throws {InvalidInputError} if several flows have the name */
export function findNamedFlow(flows: NamedFlow[], text: string): NamedFlow | undefined {
	const named = flows.filter(({ name }) => name === text);
	if (named.length <= 1) return named[0];
	const ids = named.map(({ id }) => id);
	throw new InvalidInputError(
		`${ids.length} flows are named ${truncateForMessage(text)}`,
		`Use the ID of one of them: ${ids.join(', ')}.`,
	);
}

/**
 * Finds a flow by its exact name. The ID of one of the flows is accepted too.
 *
 * @returns the flow's ID
 * @throws {InvalidInputError} with the most similar names if there is no such flow, or several
 */
export function findFlowByName(flows: NamedFlow[], text: string): string {
	const flow = findNamedFlow(flows, text) ?? flows.find(({ id }) => id === text);
	if (flow) return flow.id;
	const similar = [...flows]
		.sort((a, b) => getSimilarity(b.name, text) - getSimilarity(a.name, text))
		.slice(0, MAX_SUGGESTIONS)
		.map(({ id, name }) => `${truncateForMessage(String(name))} (ID ${id})`);
	throw new InvalidInputError(
		`No flow is named ${truncateForMessage(text)}`,
		similar.length === 0
			? 'There are no flows. Check the account and the ID that the list of flows is for.'
			: `Use an exact name or a flow ID. The most similar flows are ${similar.join(', ')}.`,
	);
}

/** The share of letter pairs that two names have in common, from 0 to 1 (Dice coefficient). */
function getSimilarity(a: unknown, b: string): number {
	const [first, second] = [getLetterPairs(String(a)), getLetterPairs(b)];
	const common = [...first].filter((pair) => second.has(pair)).length;
	return (2 * common) / (first.size + second.size);
}

function getLetterPairs(text: string): Set<string> {
	const letters = ` ${text.toLowerCase()} `;
	return new Set(Array.from({ length: letters.length - 1 }, (_, i) => letters.slice(i, i + 2)));
}
