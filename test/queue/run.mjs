// npm run test:queue: installs both packages in n8n's queue mode and runs Kaleyra's operations, with Redis and
// PostgreSQL of this machine. With --missing, it only prints the Debian packages that are missing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { installN8n, installTools, ROOT } from '../../playground/install.mjs';
import { toolsEnvironment } from '../../playground/n8n.mjs';
import { run, step } from '../../playground/steps.mjs';
import { findMissingPackages } from './programs.mjs';

const missing = findMissingPackages();
if (process.argv.includes('--missing')) {
	console.log(missing.join(' '));
} else if (missing.length > 0) {
	console.error(
		`The tests of queue mode need Redis and PostgreSQL. On Debian or Ubuntu: sudo apt-get install ${missing.join(' ')}`,
	);
	process.exitCode = 1;
} else {
	await installTools();
	await installN8n();
	const options = { cwd: ROOT, env: toolsEnvironment() };
	await step('Building', async () => await run('npm', ['run', '--silent', 'build'], options));
	const args = ['run', 'test/queue', '--reporter=verbose', '--silent=false'];
	const child = spawn('vitest', [...args, '--disable-console-intercept'], {
		...options,
		stdio: 'inherit',
	});
	[process.exitCode] = await once(child, 'close');
}
