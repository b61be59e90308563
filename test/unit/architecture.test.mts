import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const NODES = fileURLToPath(new URL('../../nodes', import.meta.url));
/** Lowest first. What stands in neither is a face, on top of both. */
const FLOORS = ['engine', 'meta', 'api'];

const sources = readdirSync(NODES, { recursive: true, encoding: 'utf8' })
	.filter((path) => path.endsWith('.ts'))
	.map((path) => ({ path, text: readFileSync(join(NODES, path), 'utf8') }));

function floorOf(path: string): number {
	const floor = FLOORS.indexOf(path.split('/')[0] ?? '');
	return floor < 0 ? FLOORS.length : floor;
}

/** What a file imports of ours, as paths under nodes/. */
function importsOf({ path, text }: { path: string; text: string }): string[] {
	return [...text.matchAll(/(?:from|import|require\()\s*'(\.[^']*)'/g)].map(([, target = '']) =>
		relative(NODES, join(NODES, dirname(path), target)),
	);
}

describe('The three floors', () => {
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

	test.each(sources.filter(({ path }) => floorOf(path) === 0))(
		'leave Kaleyra’s words to the upper two: $path',
		({ text }) => {
			expect(text).not.toMatch(/kaleyra|8x8|eight|whatsapp|\bflows?\b|waba|\bpod\b/i);
		},
	);

	test.each(sources.filter(({ path }) => floorOf(path) === 1))(
		'leave each provider’s words to the upper two: $path',
		({ text }) => {
			expect(text).not.toMatch(/kaleyra|8x8|eight/i);
		},
	);
});
