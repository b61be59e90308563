import type { ErrorCatalog, ErrorDefinition } from '../../nodes/shared/api/errorCatalog.ts';

type Table = [heading: string, entries: Record<string, ErrorDefinition>];

/** The document that lists every refusal which a package knows. */
export function errorsDocument(general: ErrorCatalog, operationOptions: Table[]): string {
	const tables: Table[] = [
		...operationOptions,
		['HTTP statuses without a code', general.statuses],
		['No answer', { ...general.network, other: general.otherNetwork }],
		[
			'Everything else',
			{ refused: general.other, 'unreadable success': general.unexpectedResponse },
		],
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

const table = (heading: string, entries: Record<string, ErrorDefinition>) =>
	[
		`## ${heading}`,
		'',
		'| code | what happened | what to do | told to n8n as |',
		'| --- | --- | --- | --- |',
		...Object.entries(entries).map(
			([code, { message, description, failure }]) =>
				`| \`${code}\` | ${message} | ${description} | ${failure ?? ''} |`,
		),
		'',
	].join('\n');
