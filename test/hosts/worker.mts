// Runs the test harness with an older n8n-core and n8n-workflow in place of the current ones, also for the built
// node. The name of the engine's package is the only argument; tasks come from HostProcess.mts.
import { createRequire, registerHooks } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { IDataObject } from 'n8n-workflow';
import type { RunOptions } from '../integration/n8nHarness.mts';
import type { Reply, Task } from './HostProcess.mts';

type RunParameters = [IDataObject, RunOptions & { cancelAfter?: number }];

const [engine = ''] = process.argv.slice(2);
const core = createRequire(import.meta.url).resolve(engine);
const engineRequire = createRequire(core);
const PATHS: Record<string, string> = {
	'n8n-core': core,
	'n8n-workflow': engineRequire.resolve('n8n-workflow'),
};

// Older engines evaluate expressions without an isolate.
const { Expression } = engineRequire(PATHS['n8n-workflow']!);
Expression.initExpressionEngine ??= () => undefined;
Expression.prototype.withIsolate ??= async (task: () => Promise<unknown>) => await task();

const ESM = 'older-host:';
registerHooks({
	resolve(specifier, context, next) {
		const path = PATHS[specifier];
		if (path === undefined) return next(specifier, context);
		const url = context.conditions.includes('import')
			? `${ESM}${specifier}`
			: pathToFileURL(path).href;
		return { url, shortCircuit: true };
	},
	load(url, context, next) {
		if (!url.startsWith(ESM)) return next(url, context);
		// Node finds no named exports in n8n-workflow's CommonJS files.
		const path = JSON.stringify(PATHS[url.slice(ESM.length)]);
		const names = Object.keys(engineRequire(JSON.parse(path))).join(', ');
		const source = `import { createRequire } from 'node:module';
			export const { ${names} } = createRequire(${path})(${path});`;
		return { format: 'module', source, shortCircuit: true };
	},
});

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
