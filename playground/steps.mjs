// Shows the progress of long-running steps.
import { spawn } from 'node:child_process';

/** Runs a step and prints its title and duration, and a progress line every 15 s. */
export async function step(title, run) {
	const start = Date.now();
	const seconds = () => `${((Date.now() - start) / 1000).toFixed(0)} s`;
	console.log(`… ${title}`);
	const reminder = setInterval(
		() => console.log(`  ${title}: still running, ${seconds()}`),
		15_000,
	);
	try {
		const result = await run();
		console.log(`✓ ${title}: ${seconds()}`);
		return result;
	} finally {
		clearInterval(reminder);
	}
}

/**
 * Runs a command and waits for it to exit.
 *
 * @returns its standard output
 * @throws an error with its output if it fails
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
		throw new Error(
			`${command} ${args.join(' ')} failed with ${code}\n${stdout}\n${stderr}`.trim(),
		);
	}
	return stdout;
}
