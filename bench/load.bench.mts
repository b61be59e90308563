import { fork } from 'node:child_process';
import { once } from 'node:events';
import { benchmark, getSpread } from './benchmark.mts';

const RUNS = 5;

benchmark('load', async ({ save }) => {
	const durations: number[] = [];
	for (let run = 0; run < RUNS; run++) {
		const child = fork(new URL('loadPackage.mts', import.meta.url));
		const [milliseconds] = await once(child, 'message');
		durations.push(milliseconds);
	}
	save("Loading the package in n8n's loader: milliseconds", getSpread(durations));
});
