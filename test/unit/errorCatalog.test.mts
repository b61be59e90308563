import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import {
	ERROR_CATALOG,
	KALEYRA_CODES,
	MESSAGE_CODES,
	META_CODES,
	WA400_DESCRIPTIONS,
} from '../../nodes/kaleyra/errorCodes.ts';
import { createErrorsDocument } from './errorsDocument.mts';

const WA400_BY_OPERATION = Object.fromEntries(
	Object.entries(WA400_DESCRIPTIONS).map(([operation, description]) => [
		`WA400 ${operation}`,
		{ ...KALEYRA_CODES['WA400']!, description },
	]),
);

test('docs/errors.md matches the error catalog', async () => {
	const document = createErrorsDocument(ERROR_CATALOG, [
		["Kaleyra's codes", KALEYRA_CODES],
		["Kaleyra's code WA400 by operation (inferred)", WA400_BY_OPERATION],
		["Kaleyra's codes for messages", MESSAGE_CODES],
		["Meta's codes, which Kaleyra may pass on (inferred)", META_CODES],
	]);
	await expect(document).toMatchFileSnapshot('../../docs/errors.md');
});

test.each(Object.keys({ ...KALEYRA_CODES, ...MESSAGE_CODES }))(
	'The README documents the error code %s',
	async (key) => {
		const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
		const [code = ''] = key.split(' ');
		expect(readme.replaceAll('-', '')).toContain(`\`${code}\``);
	},
);
