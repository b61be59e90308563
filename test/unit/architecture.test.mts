import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** Lowest first. What stands in none of them is a face, on top of all. */
const FLOORS = ['engine', 'meta', 'api'];

interface Source {
	path: string;
	text: string;
}

function floorOf(path: string): number {
	const floor = FLOORS.indexOf(path.split('/')[0] ?? '');
	return floor < 0 ? FLOORS.length : floor;
}

/** Every source of a package, the shared floors among them. */
function sourcesIn(folder: string, below = ''): Source[] {
	return readdirSync(join(folder, below)).flatMap((name) => {
		const path = join(below, name);
		if (statSync(join(folder, path)).isDirectory()) return sourcesIn(folder, path);
		if (!path.endsWith('.ts')) return [];
		return [{ path, text: readFileSync(join(folder, path), 'utf8') }];
	});
}

/** What a file imports of ours, as paths under nodes/. */
function importsOf({ path, text }: Source): string[] {
	return [...text.matchAll(/(?:from|import|require\()\s*'(\.[^']*)'/g)].map(([, target = '']) =>
		join(dirname(path), target),
	);
}

const nodesOf = (folder: string) => fileURLToPath(new URL(`../../${folder}nodes`, import.meta.url));
const EIGHT_BY_EIGHT = nodesOf('packages/n8n-nodes-8x8-flows/');

describe.each([
	['Kaleyra', nodesOf('')],
	['8x8', EIGHT_BY_EIGHT],
])('The floors of the package for %s', (_, folder) => {
	const sources = sourcesIn(folder);

	test('are all there', () => {
		expect(new Set(sources.map(({ path }) => floorOf(path)))).toEqual(new Set([0, 1, 2, 3]));
	});

	test('are connected, so that the rules below are about something', () => {
		expect(sources.flatMap(importsOf).length).toBeGreaterThan(50);
	});

	test('import downwards only', () => {
		const upward = sources.flatMap((source) =>
			importsOf(source)
				.filter((target) => floorOf(target) > floorOf(source.path))
				.map((target) => `${source.path} -> ${target}`),
		);
		expect(upward).toEqual([]);
	});

	test('have no import that runs in a circle', () => {
		const graph = new Map(sources.map((source) => [source.path, importsOf(source)]));
		const circles: string[] = [];
		const walk = (path: string, way: string[]) => {
			if (way.includes(path)) return void circles.push([...way, path].join(' -> '));
			if (done.has(path)) return;
			for (const target of graph.get(path) ?? graph.get(`${path}.ts`) ?? [])
				walk(graph.has(target) ? target : `${target}.ts`, [...way, path]);
			done.add(path);
		};
		const done = new Set<string>();
		for (const path of graph.keys()) walk(path, []);
		expect(circles).toEqual([]);
	});

	test('import nothing but n8n-workflow from outside, which n8n verifies packages for', () => {
		const outside = sources.flatMap(({ path, text }) =>
			[...text.matchAll(/from '([^.'][^']*)'/g)].map(([, name]) => `${path}: ${name}`),
		);
		expect(outside.filter((line) => !line.endsWith(': n8n-workflow'))).toEqual([]);
	});
});

describe('The shared floors', () => {
	const sources = sourcesIn(nodesOf(''));

	test.each(['engine', 'meta'])('are the same files for both packages: %s', (floor) => {
		const place = join(EIGHT_BY_EIGHT, floor);
		expect(lstatSync(place).isSymbolicLink()).toBe(true);
		expect(statSync(place).ino).toBe(statSync(join(nodesOf(''), floor)).ino);
	});

	test.each(sources.filter(({ path }) => floorOf(path) === 0))(
		'have no word of a provider’s or of Meta’s: $path',
		({ text }) => {
			expect(text).not.toMatch(/kaleyra|8x8|eight|whatsapp|\bflows?\b|waba|\bpod\b|\bchannel\b/i);
		},
	);

	test.each(sources.filter(({ path }) => floorOf(path) === 1))(
		'have no word of a provider’s: $path',
		({ text }) => {
			expect(text).not.toMatch(/kaleyra|8x8|eight/i);
		},
	);
});
