// Builds the mutated packages in Stryker's sandbox, as npm run build does, but without checking types.
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';

const PACKAGE = 'packages/n8n-nodes-8x8-flows';
symlinkSync('../../../nodes/shared', `${PACKAGE}/nodes/shared`);
for (const folder of ['.', PACKAGE]) {
	execFileSync('tsc', ['--noCheck', '--project', folder], { stdio: 'inherit' });
}
execFileSync('gulp', ['copy'], { stdio: 'inherit' });
