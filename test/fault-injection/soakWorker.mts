import { once } from 'node:events';
import { eightByEight } from './eightByEight.mts';
import { kaleyra } from './kaleyra.mts';
import type { Failure, SequenceOptions } from './runSequences.mts';
import { runSequences } from './runSequences.mts';
import { createSequenceRunner } from './sequence.mts';
import type { Totals } from './totals.mts';

/** One of the processes of soak.mts. */
export type Job = Required<Pick<SequenceOptions, 'seed' | 'count' | 'first' | 'step'>>;

export interface Message {
	totals: Totals;
	/** Set by the last message. */
	failures?: Failure[];
}

/** Few enough that a request doesn't wait for the processor until it times out. */
const MAX_SLOTS = 80;
const MESSAGE_INTERVAL_MS = 1_000;

const job: Job = (await once(process, 'message'))[0];
const slots = Math.min(MAX_SLOTS, Math.ceil(job.count / job.step));
const runners = await Promise.all([
	createSequenceRunner(kaleyra, slots),
	createSequenceRunner(eightByEight, slots),
]);
let lastMessage = Date.now();
const send = async (message: Message) =>
	await new Promise<void>((resolve) => process.send!(message, () => resolve()));
const result = await runSequences({
	...job,
	runners,
	slots,
	onProgress: (totals) => {
		if (Date.now() - lastMessage < MESSAGE_INTERVAL_MS) return;
		lastMessage = Date.now();
		void send({ totals });
	},
});
await send(result);
await Promise.all(runners.map(async (runner) => await runner.stop()));
process.disconnect();
