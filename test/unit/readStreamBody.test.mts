import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readStreamBody } from '../../nodes/shared/http/readStreamBody.ts';

describe('readStreamBody', () => {
	test.each<[string, unknown]>([
		['a response with a JSON body', { statusCode: 200, body: { a: 1 } }],
		['a response with a text body', { statusCode: 200, body: 'text' }],
		['a response with a null body', { statusCode: 200, body: null }],
		['a response without a body', { statusCode: 204 }],
		['no response', undefined],
	])('returns %s as it is', async (_, response) => {
		expect(await readStreamBody(response, 10)).toBe(response);
	});

	test.each([
		[10, { body: Buffer.from('0123456789') }],
		[9, { body: Buffer.alloc(0), truncated: true }],
	])('reads at most %i bytes', async (maxBytes, read) => {
		const body = Readable.from([Buffer.from('01234'), Buffer.from('56789')]);
		expect(await readStreamBody({ statusCode: 200, body }, maxBytes)).toEqual({
			statusCode: 200,
			...read,
		});
	});
});
