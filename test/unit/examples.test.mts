import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

test.each(readdirSync(EXAMPLES))(
	// Without the key, every second step of an imported workflow fails in the editor of n8n 2.41.
	'%s has the key pinData',
	(file) => {
		expect(JSON.parse(readFileSync(EXAMPLES + file, 'utf8'))).toHaveProperty('pinData', {});
	},
);
