// Preloaded with `node --import`. n8n-core and the built nodes require() the CommonJS build of n8n-workflow; the tests must
// import the same one.
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const commonJs = pathToFileURL(createRequire(import.meta.url).resolve('n8n-workflow')).href;

registerHooks({
	resolve(specifier, context, nextResolve) {
		const imported = specifier === 'n8n-workflow' && context.conditions.includes('import');
		return nextResolve(imported ? commonJs : specifier, context);
	},
});
