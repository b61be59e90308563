import type { Catalogue, KnownRefusal } from '../../nodes/engine/catalogue.ts';

type Table = [heading: string, entries: Record<string, KnownRefusal>];

/** The document that lists every refusal which a package knows. */
export function refusalsDocument(general: Catalogue, own: Table[]): string {
	const tables: Table[] = [
		...own,
		['HTTP statuses without a code', general.statuses],
		['No answer', { ...general.network, other: general.otherNetwork }],
		['Everything else', { refused: general.other, 'unreadable success': general.foreign }],
	];
	return [
		'# Refusals',
		'',
		'Made by the tests from the catalogue. Where an answer has a sentence of its own, that one is shown in place of',
		'"what happened".',
		'',
		...tables.map(([heading, entries]) => table(heading, entries)),
	].join('\n');
}

const table = (heading: string, entries: Record<string, KnownRefusal>) =>
	[
		`## ${heading}`,
		'',
		'| code | what happened | what to do | told to n8n as |',
		'| --- | --- | --- | --- |',
		...Object.entries(entries).map(
			([code, { cause, nextStep, failure }]) =>
				`| \`${code}\` | ${cause} | ${nextStep} | ${failure ?? ''} |`,
		),
		'',
	].join('\n');
