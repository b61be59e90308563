import fc from 'fast-check';
import type { JsonObject, JsonValue } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { parseFlowReplies } from '../../../nodes/kaleyra/flowReplies.ts';
import type { ReceivedReply } from '../../../nodes/shared/whatsappFlows/flowReply.ts';
import {
	ADDRESS_MESSAGE,
	createEnvelope,
	createMessage,
	createMetaPayload,
	createValue,
	TEXT_MESSAGE,
} from './replies.mts';

const MUTATIONS = 10_000;
const PAYLOADS: JsonValue[] = [
	createEnvelope(),
	createMetaPayload(),
	createValue(),
	[createEnvelope(), createMetaPayload([createMessage({ id: 'wamid.OTHER' })])],
	createEnvelope([TEXT_MESSAGE, createMessage(), ADDRESS_MESSAGE]),
];

type Path = (string | number)[];

const isContainer = (value: unknown): value is Record<string, JsonValue> =>
	typeof value === 'object' && value !== null;

/** The paths of all parts of a value, itself excluded. */
const findPaths = (value: JsonValue, path: Path = []): Path[] =>
	isContainer(value)
		? Object.entries(value).flatMap(([key, inner]) => [
				[...path, key],
				...findPaths(inner, [...path, key]),
			])
		: [];

/** Deletes, replaces, or repeats the part at a path. */
function mutate(payload: JsonValue, path: Path, replacement: JsonValue | undefined): void {
	const key = path.at(-1)!;
	const parent = path
		.slice(0, -1)
		.reduce<unknown>((value, each) => (isContainer(value) ? value[each] : undefined), payload);
	if (!isContainer(parent)) return;
	if (replacement === undefined) delete parent[key];
	else parent[key] = replacement;
}

/** Every flow reply that a payload contains, wherever it is. */
function collectReplies(value: unknown): JsonObject[] {
	if (!isContainer(value)) return [];
	const own = value['interactive'] as JsonObject | undefined;
	const nfmReply = own?.['nfm_reply'] as JsonObject | undefined;
	const isReply = own?.['type'] === 'nfm_reply' && (nfmReply?.['name'] ?? 'flow') === 'flow';
	return [...(isReply && nfmReply ? [value] : []), ...Object.values(value).flatMap(collectReplies)];
}

/** Whether all texts are texts, and the fields are an object or come with a warning. */
function isConsistent({ reply: { response, ...texts }, warning }: ReceivedReply): boolean {
	const isText = typeof response === 'string';
	return (
		Object.values(texts).every((text) => typeof text === 'string') &&
		isText === (warning !== undefined) &&
		(isText || !('flow_token' in response))
	);
}

test(`${MUTATIONS} mutated payloads cause no exception and no item that they do not contain`, () => {
	let found = 0;
	const mutations = fc.array(
		fc.record({ position: fc.nat(), replacement: fc.option(fc.jsonValue(), { nil: undefined }) }),
		{ minLength: 1, maxLength: 4 },
	);
	const property = fc.property(fc.constantFrom(...PAYLOADS), mutations, (original, changes) => {
		const payload = structuredClone(original);
		for (const { position, replacement } of changes) {
			const paths = findPaths(payload);
			const path = paths[position % paths.length];
			if (path) mutate(payload, path, replacement as JsonValue | undefined);
		}
		const contained = collectReplies(payload);
		const received = parseFlowReplies(payload);
		found += received.length;
		const ids = ['', ...contained.map(({ id }) => String(id))];
		return (
			received.length <= contained.length &&
			received.every((each) => isConsistent(each) && ids.includes(each.reply.message_id))
		);
	});
	fc.assert(property, { numRuns: MUTATIONS, seed: 1 });
	expect(found).toBeGreaterThan(MUTATIONS / 4);
});
