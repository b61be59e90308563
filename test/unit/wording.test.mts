import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Words that have a standard term, and that term. */
const STANDARD_TERMS: [pattern: string, term: string][] = [
	['(?<!connection )refus(?:e|es|ed|ing|al|als)', 'reject, error'],
	['sat out', 'wait'],
	['anew', 'again'],
	['harmless', 'idempotent, safe to repeat'],
	['in doubt', 'unknown, indeterminate'],
	['hear of', 'be notified'],
	['weather|forecast', 'fault'],
	['patience', 'timeout, retries'],
	['blanks', 'spaces'],
	['is told|are told|tells nothing', 'report, emit'],
	["in nobody's", 'without'],
	['once more', 'again'],
	['a look', 'read, request'],
];

const PATTERNS = STANDARD_TERMS.map(([pattern, term]) => {
	// A phrase can continue on the next line, also in a block comment.
	const source = pattern.replaceAll(' ', '[\\s*/]+').replaceAll("'", "['’]");
	return { pattern: new RegExp(`\\b(?:${source})\\b`, 'gi'), term };
});

interface Text {
	file: string;
	/** Where the text starts, counted from 1. */
	line: number;
	text: string;
}

function findHits(texts: Text[]): string[] {
	return texts.flatMap(({ file, line, text }) =>
		PATTERNS.flatMap(({ pattern, term }) =>
			[...text.matchAll(pattern)].map(({ 0: words, index }) => {
				const hitLine = line + text.slice(0, index).split('\n').length - 1;
				return `${file}:${hitLine} ${words.replace(/\s+/g, ' ')} -> ${term}`;
			}),
		),
	);
}

const readText = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** Reads the string literals and the comments of a TypeScript file. */
function readSourceTexts(file: string, content = readText(file)): Text[] {
	const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true);
	const texts = new Map<number, Text>();
	const add = (start: number, end: number) => {
		const { line } = source.getLineAndCharacterOfPosition(start);
		texts.set(start, { file, line: line + 1, text: content.slice(start, end) });
	};
	const visit = (node: ts.Node) => {
		const isTemplate = ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
		if (isTemplate || ts.isStringLiteralLike(node)) add(node.getStart(), node.getEnd());
		const start = node.getFullStart();
		for (const { pos, end } of ts.getLeadingCommentRanges(content, start) ?? []) add(pos, end);
		for (const { pos, end } of ts.getTrailingCommentRanges(content, start) ?? []) add(pos, end);
		for (const child of node.getChildren(source)) visit(child);
	};
	visit(source);
	return [...texts.values()];
}

interface Workflow {
	nodes: { type: string; parameters: { content?: string } }[];
}

function readStickyNotes(file: string): Text[] {
	const { nodes } = JSON.parse(readText(file)) as Workflow;
	return nodes
		.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
		.map(({ parameters }) => ({ file, line: 1, text: parameters.content ?? '' }));
}

/** Finds files in both packages. A linked folder is searched once. */
const findFiles = (...patterns: string[]) =>
	patterns.flatMap((pattern) => globSync([pattern, `packages/*/${pattern}`], { cwd: ROOT })).sort();

test.each(findFiles('nodes/**/*.ts', 'credentials/**/*.ts'))(
	'The strings and comments of %s use standard terms',
	(file) => expect(findHits(readSourceTexts(file))).toEqual([]),
);

test.each(findFiles('*.md', 'docs/*.md'))('The text of %s uses standard terms', (file) =>
	expect(findHits([{ file, line: 1, text: readText(file) }])).toEqual([]),
);

test.each(findFiles('examples/*.json'))('The sticky notes of %s use standard terms', (file) =>
	expect(findHits(readStickyNotes(file))).toEqual([]),
);

test('A word is found in strings, templates, and comments', () => {
	const content = [
		"const text = 'Refused';",
		'/**',
		' * Once',
		' * more',
		' */',
		'const template = `${text} blanks ${text} anew ${text} harmless`; // a look',
		'const weather = "connection refused";',
	].join('\n');
	const places = findHits(readSourceTexts('example.ts', content)).map((hit) => hit.split(' ')[0]);
	expect(places).toEqual([1, 3, 6, 6, 6, 6].map((line) => `example.ts:${line}`));
});
