import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeCancel } from './cancel.mts';
import { describeEndpoint } from './endpoint.mts';
import { describeKilledWorker } from './killedWorker.mts';
import { QueueMode } from './QueueMode.mts';
import { describeRateLimit } from './rateLimit.mts';
import { describeReplies } from './replies.mts';
import { TIMEOUT } from './timeouts.mts';
import { describeTrigger } from './trigger.mts';
import { describeWrites } from './writes.mts';

// Installs both packages in n8n's queue mode (main, a webhook processor, two workers, Redis, and PostgreSQL), and
// runs Kaleyra's operations.

let queueMode: QueueMode;
const getQueueMode = () => queueMode;

beforeAll(async () => {
	queueMode = await QueueMode.start();
}, TIMEOUT);

afterAll(async () => {
	await queueMode?.stop();
}, TIMEOUT);

test('n8n reports no variable of the compose file as deprecated', () => {
	const { environment, log } = queueMode.main;
	const deprecated = [...log.matchAll(/^ - (\w+) -> /gm)].map(([, name]) => name);
	expect(deprecated).not.toEqual([]);
	expect(Object.keys(environment).filter((name) => deprecated.includes(name))).toEqual([]);
});

describeWrites(getQueueMode);
describeRateLimit(getQueueMode);
describeEndpoint(getQueueMode);
describeReplies(getQueueMode);
describeCancel(getQueueMode);
const { describeStalledExecution } = describeKilledWorker(getQueueMode);
describeTrigger(getQueueMode);
describeStalledExecution();
