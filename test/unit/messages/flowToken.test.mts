import { describe, expect, test } from 'vitest';
import {
	buildResumeUrl,
	createFlowToken,
	createResumeToken,
	parseResumeToken,
} from '../../../nodes/shared/whatsappFlows/flowToken.ts';

const SIGNATURE = '0123456789abcdef'.repeat(4);
const NODE_ID = '3f1c2b4a-0000-4000-8000-0000000000c1';
const RESUME_URL = `https://n8n.example.com/base/webhook-waiting/4711/${NODE_ID}?signature=${SIGNATURE}`;
const token = createResumeToken(RESUME_URL) ?? '';

describe('A resume token', () => {
	test('leads back to the signed resume URL of the instance', () => {
		const target = parseResumeToken(token);
		expect(target).toEqual({ executionId: '4711', nodeId: NODE_ID, signature: SIGNATURE });
		const instanceUrl = 'https://n8n.example.com/base/webhook-waiting/__UNKNOWN__';
		expect(target && buildResumeUrl(instanceUrl, target)).toBe(RESUME_URL);
	});

	test('takes the base of the URL from the instance only', () => {
		const target = parseResumeToken(token)!;
		expect(buildResumeUrl('http://localhost:5678/webhook-waiting/1?signature=x', target)).toBe(
			`http://localhost:5678/webhook-waiting/4711/${NODE_ID}?signature=${SIGNATURE}`,
		);
	});

	test('is short, and different each time', () => {
		expect(token.length).toBeLessThan(110);
		expect(createResumeToken(RESUME_URL)).not.toBe(token);
	});

	test.each([
		['a node ID with a dot', RESUME_URL.replace(NODE_ID, 'a.b')],
		['an execution ID that is no number', RESUME_URL.replace('4711', 'x')],
		['no signature', RESUME_URL.replace(/\?.*/, '')],
		['a short signature', RESUME_URL.slice(0, -1)],
	])('is not created for a URL with %s', (_, url) => {
		expect(createResumeToken(url)).toBeUndefined();
	});

	const [prefix, executionId, nodeId, nonce, signature] = token.split('.');
	test.each([
		['another version', ['n8n2', executionId, nodeId, nonce, signature]],
		['a path', [prefix, '4711/../1', nodeId, nonce, signature]],
		['an encoded path', [prefix, executionId, '..%2f1', nonce, signature]],
		['a query', [prefix, executionId, 'a?b', nonce, signature]],
		['a host', [prefix, executionId, '@example', nonce, signature]],
		['a line break at the end', [prefix, executionId, nodeId, nonce, `${signature}\n`]],
		['a short signature', [prefix, executionId, nodeId, nonce, signature?.slice(1)]],
		['a missing part', [prefix, executionId, nodeId, signature]],
	])('is not accepted with %s', (_, parts) => {
		expect(parseResumeToken(parts.join('.'))).toBeUndefined();
	});

	test.each([undefined, null, 5, {}, '', 'unused', createFlowToken()])('is not %j', (value) => {
		expect(parseResumeToken(value)).toBeUndefined();
	});
});

test('A flow token is different for each message', () => {
	expect(createFlowToken()).not.toBe(createFlowToken());
});
