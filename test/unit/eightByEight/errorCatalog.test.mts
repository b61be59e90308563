import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import {
	ERROR_CATALOG,
	CODES,
	MESSAGE_CODES,
	MESSAGE_STATUSES,
} from '../../../packages/n8n-nodes-8x8-flows/nodes/eightByEight/errorCodes.ts';
import { createErrorsDocument } from '../errorsDocument.mts';

test("docs/errors.md of the 8x8 package lists the package's error catalog", async () => {
	const document = createErrorsDocument(ERROR_CATALOG, [
		["8x8's codes", CODES],
		["8x8's codes for messages", MESSAGE_CODES],
		['HTTP status codes for messages without an error code', MESSAGE_STATUSES],
	]);
	await expect(document).toMatchFileSnapshot(
		'../../../packages/n8n-nodes-8x8-flows/docs/errors.md',
	);
});

test.each(['1001', '1002', '1200', '1300', '2000', '3038'])(
	'the README of the 8x8 package covers error code %s',
	async (code) => {
		const readme = new URL('../../../packages/n8n-nodes-8x8-flows/README.md', import.meta.url);
		expect(await readFile(readme, 'utf8')).toContain(`\`${code}\``);
	},
);
