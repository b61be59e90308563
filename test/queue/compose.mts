import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The compose file in the documentation, which the tests start n8n with. */

const FILE = new URL('../../examples/queue-mode/compose.yaml', import.meta.url);

export interface ComposeService {
	/** Set if the service uses the image with the package. */
	build?: string;
	image: string;
	stop_grace_period: string;
	/** The command and its arguments. The image starts the main process without one. */
	command?: string;
	environment?: Record<string, string | number>;
}

export interface ComposeFile {
	services: Record<'main' | 'webhook' | 'worker' | 'postgres' | 'redis', ComposeService> & {
		worker: { deploy: { replicas: number } };
	};
}

/** @param variables what the user enters in .env */
export function readComposeFile(variables: Record<string, string>): ComposeFile {
	const text = readFileSync(FILE, 'utf8').replace(/\$\{(\w+):\?\}/g, (_, name: string) => {
		const value = variables[name];
		if (value === undefined) throw new Error(`compose.yaml uses the variable ${name}`);
		return value;
	});
	return parse(text, { merge: true });
}
