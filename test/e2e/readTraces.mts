import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { N8n } from '../../playground/n8n.mjs';

/**
 * Reads everything that n8n printed, logged, and stored, without the credentials that the test imported.
 *
 * @returns a function that finds the names of the files that contain a text; `output` is what n8n printed
 */
export async function readTraces(n8n: N8n): Promise<(text: string) => string[]> {
	const files = await readdir(n8n.folder, { recursive: true, withFileTypes: true });
	const traces: [name: string, content: Buffer][] = [
		['output', Buffer.from(n8n.log + n8n.printed)],
	];
	for (const file of files) {
		if (!file.isFile() || file.name.startsWith('credentials.json')) continue;
		traces.push([file.name, await readFile(path.join(file.parentPath, file.name))]);
	}
	return (text) => traces.filter(([, content]) => content.includes(text)).map(([name]) => name);
}
