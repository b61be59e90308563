import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

test.each(readdirSync(EXAMPLES))(
	'%s has pinned data, be it none: n8n 2.41 fails every second step of an imported workflow without',
	(file) => {
		expect(JSON.parse(readFileSync(EXAMPLES + file, 'utf8'))).toHaveProperty('pinData', {});
	},
);
