import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { parseResumeToken } from '../../../nodes/shared/whatsappFlows/flowToken.ts';
import type { RunOptions } from '../n8nHarness.mts';
import { KALEYRA } from '../n8nHarness.mts';
import { harness, mockApi, PUBLISHED, setUp } from '../setup.mts';
import { CUSTOMER, FLOW_MESSAGE } from './setup.mts';

setUp();

const sendAndWait = async (options: IDataObject = {}, run?: RunOptions) =>
	await harness.run({ ...FLOW_MESSAGE, operation: 'sendAndWait', options }, run);

/** What the execution continues with after the limit. */
const getItemsAfterLimit = ({ run }: Awaited<ReturnType<typeof sendAndWait>>) =>
	run.data.executionData?.nodeExecutionStack[0]?.data['main']?.[0];

describe('Send Flow and Wait for Reply', () => {
	test('sends the message with a token of its execution, also as reference, and waits', async () => {
		const { status, run } = await sendAndWait();
		expect(status).toBe('waiting');
		expect(run.waitTill?.getFullYear()).toBe(3000);
		const [{ flowToken, references }] = mockApi.messages as [(typeof mockApi.messages)[0]];
		expect(parseResumeToken(flowToken)).toMatchObject({ executionId: '1', nodeId: 'node' });
		expect(references).toEqual({ ref: flowToken });
	});

	test('continues after the limit with an item that says so', async () => {
		const limitWaitTime = { values: { resumeAmount: 5, resumeUnit: 'minutes' } };
		const result = await sendAndWait({ limitWaitTime });
		expect(result.run.waitTill!.getTime() - Date.now()).toBeCloseTo(300_000, -4);
		const [{ id, flowToken }] = mockApi.messages as [(typeof mockApi.messages)[0]];
		expect(getItemsAfterLimit(result)).toEqual([
			{
				json: {
					timed_out: true,
					message_id: id,
					to: CUSTOMER,
					flow_id: PUBLISHED,
					flow_token: flowToken,
					ref: flowToken,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('fails before sending when n8n would repeat it, with Retry On Fail', async () => {
		const { error } = await sendAndWait({}, { node: { retryOnFail: true, waitBetweenTries: 0 } });
		expect(error?.message).toMatch(/^'Retry On Fail' is on/);
		expect(mockApi.requests).toEqual([]);
	});

	test('leaves the output of the node before it unchanged', async () => {
		const { run } = await sendAndWait({}, { items: [{ name: 'Asha' }] });
		const [start] = run.data.resultData.runData['Start'] ?? [];
		expect(start?.data?.['main']?.[0]).toMatchObject([{ json: { name: 'Asha' } }]);
	});

	test('keeps a flow token of the user, and waits by the reference', async () => {
		await sendAndWait({ flowToken: 'mine', ref1: 'shop' });
		const [{ flowToken, references }] = mockApi.messages as [(typeof mockApi.messages)[0]];
		expect(flowToken).toBe('mine');
		expect(references['ref1']).toBe('shop');
		expect(parseResumeToken(references['ref'])).toBeDefined();
	});

	test('does not wait when the message was not accepted', async () => {
		mockApi.settings.always = () => ({ fault: 'reset', applyFirst: true });
		const { status, error } = await sendAndWait();
		expect(status).toBe('error');
		expect(error?.description).toMatch(/unknown whether the message was sent/);
		expect(mockApi.requests).toHaveLength(1);
	});

	test('fails before sending with several items', async () => {
		const { error } = await sendAndWait({}, { items: [{}, {}] });
		expect(error?.message).toBe(
			'An execution waits for one reply at a time, and there are 2 items',
		);
		expect(mockApi.requests).toEqual([]);
	});

	test.each(['Tool', 'HitlTool'])('fails before sending as a %s', async (suffix) => {
		const type = `${KALEYRA.packageName}.${KALEYRA.node}${suffix}`;
		const { error } = await sendAndWait({}, { node: { type } });
		expect(error?.message).toMatch(/can't be used as a tool/);
		expect(mockApi.requests).toEqual([]);
	});

	test('fails before sending when n8n would repeat it, with Retry On Fail', async () => {
		const { error } = await sendAndWait({}, { node: { retryOnFail: true, waitBetweenTries: 0 } });
		expect(error?.message).toMatch(/^'Retry On Fail' is on/);
		expect(mockApi.requests).toEqual([]);
	});

	test.each(['a.b', 'node 1', ''])('fails before sending with the node ID %j', async (id) => {
		const { error } = await sendAndWait({}, { node: { id } });
		expect(error?.message).toMatch(/resume URL has an unexpected form/);
		expect(mockApi.requests).toEqual([]);
	});
});
