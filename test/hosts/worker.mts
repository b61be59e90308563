// Runs the test harness with an older n8n-core and n8n-workflow in place of the current ones, also for the built
// node. The name of the engine's package is the only argument; tasks come from HostProcess.mts.
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import type { RunOptions } from '../integration/n8nHarness.mts';
import { useEngine } from './engine.mts';
import type { Reply, Task } from './HostProcess.mts';

type RunParameters = [IDataObject, RunOptions & { cancelAfter?: number }];

const [engine = ''] = process.argv.slice(2);
useEngine(engine);

const { N8nTestHarness } = await import('../integration/n8nHarness.mts');
const { requestNode } = await import('../integration/requestNode.mts');
const harness = await N8nTestHarness.load();
harness.others.set('request', requestNode);

process.on('message', (task: Task) => {
	const { id } = task;
	void execute(task).then(
		(result) => reply({ id, result }),
		(error: Error) => reply({ id, error: String(error.stack) }),
	);
});

async function execute({ credential, method, parameters }: Task): Promise<unknown> {
	const caller = harness.as(credential);
	if (method !== 'run') return await Reflect.apply(caller[method], caller, parameters);
	const [nodeParameters, { cancelAfter, ...options }] = parameters as RunParameters;
	const cancelOn = cancelAfter === undefined ? undefined : sleep(cancelAfter);
	return await caller.run(nodeParameters, { ...options, ...(cancelOn && { cancelOn }) });
}

function reply(message: Reply): void {
	process.send?.(message);
}
