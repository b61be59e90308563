// Runs n8n's package scanner on this checkout: on the sources and on the files to be published. The scanner's own
// command only accepts packages that are already published.
import path from 'node:path';
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const SCANS = [
	['sources', SOURCE_FILE_PATTERNS],
	['published package', ['dist/**/*.js', 'package.json']],
];

for (const folder of ['.', 'packages/n8n-nodes-8x8-flows']) {
	for (const [name, patterns] of SCANS) {
		const { passed, message, details } = await analyzePackage(path.resolve(folder), patterns);
		const result = passed && !message ? 'passed' : `${message}\n${details ?? ''}`;
		console.log(`${folder}, ${name}: ${result}`);
		// The scanner passes if it finds no files. Here that means that the package wasn't built.
		if (!passed || message) process.exitCode = 1;
	}
}
