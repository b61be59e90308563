// Shows what is going on, and for how long.
import { spawn } from 'node:child_process';

/** Runs one step and says so; a long one says every 15 s that it is still at it. */
export async function step(title, work) {
	const start = Date.now();
	const seconds = () => `${((Date.now() - start) / 1000).toFixed(0)} s`;
	console.log(`… ${title}`);
	const reminder = setInterval(() => console.log(`  still at it, ${seconds()}`), 15_000);
	try {
		const result = await work();
		console.log(`✓ ${title}: ${seconds()}`);
		return result;
	} finally {
		clearInterval(reminder);
	}
}

/**
 * Runs a command to its end.
 *
 * @returns what it printed
 * @throws with what it printed, where it fails
 */
export async function run(command, args, options = {}) {
	const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
	let stdout = '';
	let stderr = '';
	child.stdout?.on('data', (chunk) => (stdout += chunk));
	child.stderr?.on('data', (chunk) => (stderr += chunk));
	const code = await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (exitCode, signal) => resolve(exitCode ?? signal));
	});
	if (code !== 0) {
		throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${stdout}\n${stderr}`.trim());
	}
	return stdout;
}
