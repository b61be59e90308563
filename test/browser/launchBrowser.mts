import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import npmChromium, { inflate } from '@sparticuz/chromium';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MACOS_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Launches the system's Chromium or Chrome, or else the one that comes with npm, which needs no system packages. */
export async function launchBrowser(): Promise<Browser> {
	const args = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'];
	const system = await findSystemBrowser();
	if (system !== undefined) {
		try {
			return await chromium.launch({ executablePath: system, args });
		} catch {
			// Ubuntu's chromium-browser may only say that a snap must be installed.
			console.warn(`${system} does not start. Using the Chromium from npm.`);
		}
	}
	return await chromium.launch({
		executablePath: await npmChromium.executablePath(),
		args: [...args, '--headless=shell'],
		env: { ...process.env, ...(await unpackLibraries()) },
	});
}

async function findSystemBrowser(): Promise<string | undefined> {
	const folders = (process.env['PATH'] ?? '').split(path.delimiter);
	const files = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
	for (const file of [...files, MACOS_CHROME]) {
		const isExecutable = await access(file, constants.X_OK).then(
			() => true,
			() => false,
		);
		if (isExecutable) return file;
	}
	return undefined;
}

/** The libraries and fonts of the Chromium from npm, for systems without them. */
async function unpackLibraries() {
	const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
	await inflate(path.resolve(main, '../../bin/al2023.tar.br'));
	return {
		LD_LIBRARY_PATH: path.join(tmpdir(), 'al2023', 'lib'),
		FONTCONFIG_PATH: path.join(tmpdir(), 'fonts'),
	};
}
