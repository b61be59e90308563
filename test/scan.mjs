// Both legs of n8n's package scanner, on this checkout: the sources, then what is published. The scanner
// itself starts from a published package; with this, a fault shows before there is one.
import path from 'node:path';
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const steps = [
	['sources', SOURCE_FILE_PATTERNS],
	['published package', ['dist/**/*.js', 'package.json']],
];

for (const folder of ['.', 'packages/n8n-nodes-8x8-flows']) {
	for (const [leg, patterns] of steps) {
		const { passed, message, details } = await analyzePackage(path.resolve(folder), patterns);
		const verdict = passed && !message ? 'passed' : `${message}\n${details ?? ''}`;
		console.log(`${folder}, ${leg}: ${verdict}`);
		// "No files found to analyze" counts as passed for the scanner; here it means that nothing was built.
		if (!passed || message) process.exitCode = 1;
	}
}
