import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, N8n, pack } from '../playground/n8n.mjs';
import { benchmark, getSpread } from './benchmark.mts';

const PAIRS = 3;
const READY = 'Editor is now accessible';

/** @returns milliseconds until the editor is accessible */
async function measureStart(n8n: N8n): Promise<number> {
	n8n.log = '';
	const start = performance.now();
	let ready = NaN;
	const timer = setInterval(() => {
		if (Number.isNaN(ready) && n8n.log.includes(READY)) ready = performance.now() - start;
	}, 5);
	try {
		await n8n.start();
		while (Number.isNaN(ready)) await new Promise((resolve) => setTimeout(resolve, 5));
		return ready;
	} finally {
		clearInterval(timer);
		await n8n.stop();
	}
}

benchmark('start', async ({ save }) => {
	const root = await mkdtemp(path.join(tmpdir(), 'kaleyra-flows-bench-'));
	try {
		const create = async (name: string) =>
			new N8n({
				folder: path.join(root, name),
				port: await freePort(),
				brokerPort: await freePort(),
			});
		const [without, withPackage] = [await create('without'), await create('with')];
		// Only this package, without the one for 8x8.
		const tarballs = await pack(path.join(root, 'packed'));
		await withPackage.installPackages(tarballs.filter((each) => each.includes('kaleyra')));
		await without.installPackages([]);
		const ratios: number[] = [];
		const differences: number[] = [];
		// The first start creates the database.
		for (let pair = 0; pair <= PAIRS; pair++) {
			const first = pair % 2 === 0 ? await measureStart(without) : undefined;
			const ours = await measureStart(withPackage);
			const theirs = first ?? (await measureStart(without));
			if (pair === 0) continue;
			ratios.push(ours / theirs);
			differences.push(ours - theirs);
		}
		save('Start of n8n with the package', {
			'relative to n8n without it': getSpread(ratios),
			'difference in milliseconds': getSpread(differences),
		});
	} finally {
		await rm(root, { recursive: true, force: true });
	}
});
