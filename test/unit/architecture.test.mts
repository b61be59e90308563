import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** Lowest first. A layer imports from itself and from the layers below it only. */
const LAYERS = ['shared', 'provider', 'node'] as const;
const PROVIDERS = ['kaleyra', 'eightByEight'];
/** Within shared, lowest first. A file directly in shared belongs to the lowest. */
const SHARED = ['errors', 'http', 'api', 'node', 'whatsappFlows'];

interface Source {
	path: string;
	text: string;
}

const getFolder = (path: string) => path.split(sep)[0] ?? '';

function getLayer(path: string): (typeof LAYERS)[number] {
	const folder = getFolder(path);
	if (folder === 'shared') return 'shared';
	return PROVIDERS.includes(folder) ? 'provider' : 'node';
}

const getRank = (path: string) => LAYERS.indexOf(getLayer(path));

function getSharedRank(path: string): number {
	const folder = (path.split(sep)[1] ?? '').replace(/\.ts$/, '');
	return SHARED.indexOf(folder);
}

/** Every source file of a package, linked folders included. */
function findSources(folder: string, below = ''): Source[] {
	return readdirSync(join(folder, below)).flatMap((name) => {
		const path = join(below, name);
		if (statSync(join(folder, path)).isDirectory()) return findSources(folder, path);
		if (!path.endsWith('.ts')) return [];
		return [{ path, text: readFileSync(join(folder, path), 'utf8') }];
	});
}

/** The package's own files that a source file imports, as paths under nodes/. */
function findImports({ path, text }: Source): string[] {
	return [...text.matchAll(/(?:from|import|require\()\s*'(\.[^']*)'/g)].map(([, target = '']) =>
		join(dirname(path), target),
	);
}

const nodesFolder = (folder: string) =>
	fileURLToPath(new URL(`../../${folder}nodes`, import.meta.url));
const EIGHT_BY_EIGHT = nodesFolder('packages/n8n-nodes-8x8-flows/');

describe.each([
	['Kaleyra', nodesFolder('')],
	['8x8', EIGHT_BY_EIGHT],
])('The %s package', (_, folder) => {
	const sources = findSources(folder);
	const imports = sources.flatMap((source) =>
		findImports(source).map((target) => ({ from: source.path, target })),
	);
	const show = ({ from, target }: { from: string; target: string }) => `${from} -> ${target}`;

	test('has files in each layer and imports between them', () => {
		expect(new Set(sources.map(({ path }) => getLayer(path)))).toEqual(new Set(LAYERS));
		expect(imports.length).toBeGreaterThan(50);
	});

	test('imports only from the same or a lower layer', () => {
		const upward = imports.filter(({ from, target }) => getRank(target) > getRank(from));
		expect(upward.map(show)).toEqual([]);
	});

	test('never imports from one node into another', () => {
		const sideways = imports.filter(
			({ from, target }) =>
				getLayer(from) === 'node' &&
				getLayer(target) === 'node' &&
				getFolder(from) !== getFolder(target),
		);
		expect(sideways.map(show)).toEqual([]);
	});

	test('imports within shared only from errors up to whatsappFlows', () => {
		const shared = imports.filter(({ from }) => getLayer(from) === 'shared');
		expect(shared.filter(({ target }) => getSharedRank(target) < 0).map(show)).toEqual([]);
		const upward = shared.filter(({ from, target }) => getSharedRank(target) > getSharedRank(from));
		expect(upward.map(show)).toEqual([]);
	});

	test('has no circular imports', () => {
		const graph = new Map(sources.map((source) => [source.path, findImports(source)]));
		const cycles: string[] = [];
		const done = new Set<string>();
		const walk = (path: string, trail: string[]) => {
			if (trail.includes(path)) return void cycles.push([...trail, path].join(' -> '));
			if (done.has(path)) return;
			for (const target of graph.get(path) ?? [])
				walk(graph.has(target) ? target : `${target}.ts`, [...trail, path]);
			done.add(path);
		};
		for (const path of graph.keys()) walk(path, []);
		expect(cycles).toEqual([]);
	});

	test('imports nothing from outside but n8n-workflow and node:crypto', () => {
		const outside = sources.flatMap(({ path, text }) =>
			[...text.matchAll(/^(?:import|export|\}).* from '([^.'][^']*)'/gm)].map(
				([, name]) => `${path}: ${name}`,
			),
		);
		const allowed = /: (n8n-workflow|node:crypto)$/;
		expect(outside.filter((line) => !allowed.test(line))).toEqual([]);
	});
});

describe('The shared layer', () => {
	const sources = findSources(nodesFolder('')).filter(({ path }) => getLayer(path) === 'shared');

	test('is the same folder in both packages', () => {
		const link = join(EIGHT_BY_EIGHT, 'shared');
		expect(lstatSync(link).isSymbolicLink()).toBe(true);
		expect(statSync(link).ino).toBe(statSync(join(nodesFolder(''), 'shared')).ino);
	});

	test.each(sources)('does not name a provider: $path', ({ text }) => {
		expect(text).not.toMatch(/kaleyra|8x8|eight|\bpod\b/i);
	});

	test.each(sources.filter(({ path }) => !path.includes('whatsappFlows')))(
		'does not mention WhatsApp outside whatsappFlows: $path',
		({ text }) => {
			expect(text).not.toMatch(/whatsapp|\bflows?\b|waba|\bchannel\b/i);
		},
	);
});
