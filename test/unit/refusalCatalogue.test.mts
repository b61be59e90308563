import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { CATALOGUE, KALEYRA_CODES, META_CODES } from '../../nodes/api/refusalCatalogue.ts';
import { refusalsDocument } from './refusalsDocument.mts';

test('The list of refusals in docs is the catalogue', async () => {
	const document = refusalsDocument(CATALOGUE, [
		["Kaleyra's codes", KALEYRA_CODES],
		["Meta's codes, which Kaleyra may pass on (inferred)", META_CODES],
	]);
	await expect(document).toMatchFileSnapshot('../../docs/refusals.md');
});

test.each(Object.keys(KALEYRA_CODES))('The README tells what to do about %s', async (code) => {
	const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
	const [plain = ''] = code.split(' ');
	expect(readme.replaceAll('-', '')).toContain(`\`${plain}\``);
});
