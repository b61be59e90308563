import 'reflect-metadata';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

// Measures how long n8n's loader takes for the built package, in its own process and after n8n-core has loaded.

const require = createRequire(import.meta.url);
const { PackageDirectoryLoader } = require('n8n-core');
const loader = new PackageDirectoryLoader(fileURLToPath(new URL('..', import.meta.url)));
const start = performance.now();
await loader.loadAll();
process.send!(performance.now() - start);
