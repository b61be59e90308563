import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ERROR_CATALOG, KALEYRA_CODES, META_CODES } from '../../nodes/kaleyra/errorCodes.ts';
import { errorsDocument } from './errorsDocument.mts';

test('The list of refusals in docs is the catalogue', async () => {
	const document = errorsDocument(ERROR_CATALOG, [
		["Kaleyra's codes", KALEYRA_CODES],
		["Meta's codes, which Kaleyra may pass on (inferred)", META_CODES],
	]);
	await expect(document).toMatchFileSnapshot('../../docs/errors.md');
});

test.each(Object.keys(KALEYRA_CODES))('The README tells what to do about %s', async (code) => {
	const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
	const [plain = ''] = code.split(' ');
	expect(readme.replaceAll('-', '')).toContain(`\`${plain}\``);
});
