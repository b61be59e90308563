import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { KnownRefusal } from '../../nodes/engine/catalogue.ts';
import * as catalogue from '../../nodes/api/refusalCatalogue.ts';

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

test('The list of refusals in docs is the catalogue', async () => {
	const document = [
		'# Refusals',
		'',
		'Made by the tests from the catalogue. Where an answer has a sentence of its own, that one is shown in place of',
		'"what happened".',
		'',
		table("Kaleyra's codes", catalogue.KALEYRA_CODES),
		table("Meta's codes, which Kaleyra may pass on (inferred)", catalogue.META_CODES),
		table('HTTP statuses without a code', catalogue.CATALOGUE.statuses),
		table('No answer', {
			...catalogue.CATALOGUE.network,
			other: catalogue.CATALOGUE.otherNetwork,
		}),
		table('Everything else', {
			refused: catalogue.CATALOGUE.other,
			'unreadable success': catalogue.CATALOGUE.foreign,
		}),
	].join('\n');
	await expect(document).toMatchFileSnapshot('../../docs/refusals.md');
});

test.each(Object.keys(catalogue.KALEYRA_CODES))(
	'The README tells what to do about %s',
	async (code) => {
		const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
		const [plain = ''] = code.split(' ');
		expect(readme.replaceAll('-', '')).toContain(`\`${plain}\``);
	},
);
