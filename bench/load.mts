import 'reflect-metadata';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

// How long n8n's loader takes for the built package, in a process of its own and with n8n-core already there.

const require = createRequire(import.meta.url);
const { PackageDirectoryLoader } = require('n8n-core');
const loader = new PackageDirectoryLoader(fileURLToPath(new URL('..', import.meta.url)));
const start = performance.now();
await loader.loadAll();
process.send!(performance.now() - start);
