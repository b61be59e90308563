import type { IDataObject } from 'n8n-workflow';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { recordMessage } from '../../../nodes/shared/whatsappFlows/replyTrigger/receivedMessages.ts';

describe('A received message', () => {
	afterEach(() => {
		vi.useRealTimers();
	});

	test('is recorded once per node, in this process and in static data', () => {
		const staticData: IDataObject = {};
		expect(recordMessage(staticData, 'node 1', 'a')).toBe(true);
		expect(recordMessage(staticData, 'node 1', 'a')).toBe(false);
		expect(recordMessage({}, 'node 2', 'a')).toBe(true);
	});

	test('is known although n8n loaded the static data before it was recorded', () => {
		expect(recordMessage({}, 'node 3', 'a')).toBe(true);
		expect(recordMessage({}, 'node 3', 'a')).toBe(false);
	});

	test('is unknown a minute later if n8n did not save the static data', () => {
		vi.useFakeTimers();
		expect(recordMessage({}, 'node 8', 'a')).toBe(true);
		vi.advanceTimersByTime(59_000);
		expect(recordMessage({}, 'node 8', 'a')).toBe(false);
		vi.advanceTimersByTime(2_000);
		expect(recordMessage({}, 'node 8', 'a')).toBe(true);
	});

	test('is known to another process that has the static data', () => {
		const staticData: IDataObject = {};
		recordMessage(staticData, 'node 4', 'a');
		// Another node key stands for a process without memory.
		expect(recordMessage({ ...staticData }, 'node 5', 'a')).toBe(false);
		expect(recordMessage({ ...staticData }, 'node 5', 'b')).toBe(true);
	});

	test('is forgotten after 1,000 others, in 12 kilobytes', () => {
		const staticData: IDataObject = {};
		for (let index = 0; index <= 1_000; index++) recordMessage(staticData, 'node 6', `${index}`);
		// Another node key stands for a process without memory.
		expect(recordMessage({ ...staticData }, 'node 10', '1')).toBe(false);
		expect(recordMessage({ ...staticData }, 'node 10', '0')).toBe(true);
		expect(JSON.stringify(staticData).length).toBeLessThan(12_100);
	});

	test('is recorded although the static data has another form', () => {
		expect(recordMessage({ receivedMessages: [1] }, 'node 7', 'a')).toBe(true);
	});
});
