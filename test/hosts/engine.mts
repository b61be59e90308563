import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const ESM = 'other-engine:';

/** The files of an engine. @param name a dependency in this folder's package.json, or `n8n-core` for the current one */
export function findEngine(name: string): Record<'n8n-core' | 'n8n-workflow', string> {
	const core = createRequire(import.meta.url).resolve(name);
	return { 'n8n-core': core, 'n8n-workflow': createRequire(core).resolve('n8n-workflow') };
}

/** Replaces n8n-core and n8n-workflow in this process, also for the built node. */
export function useEngine(name: string): void {
	const paths: Record<string, string> = findEngine(name);
	const require = createRequire(import.meta.url);
	// Older engines evaluate expressions without an isolate.
	const workflow = require(paths['n8n-workflow']!);
	const { Expression } = workflow;
	Expression.initExpressionEngine ??= () => undefined;
	Expression.prototype.withIsolate ??= async (task: () => Promise<unknown>) => await task();
	workflow.createRunExecutionData ??= ({ executionData }: { executionData: object }) => ({
		startData: {},
		resultData: { runData: {} },
		executionData: {
			contextData: {},
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
			...executionData,
		},
	});

	registerHooks({
		resolve(specifier, context, next) {
			const path = paths[specifier];
			if (path === undefined) return next(specifier, context);
			const url = context.conditions.includes('import')
				? `${ESM}${specifier}`
				: pathToFileURL(path).href;
			return { url, shortCircuit: true };
		},
		load(url, context, next) {
			if (!url.startsWith(ESM)) return next(url, context);
			// Node finds no named exports in n8n-workflow's CommonJS files.
			const path = JSON.stringify(paths[url.slice(ESM.length)]);
			const names = Object.keys(require(JSON.parse(path))).join(', ');
			const source = `import { createRequire } from 'node:module';
				export const { ${names} } = createRequire(${path})(${path});`;
			return { format: 'module', source, shortCircuit: true };
		},
	});
}
