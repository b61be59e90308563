const { rm } = require('node:fs/promises');
const path = require('node:path');
const { src, dest } = require('gulp');

/** This package and the 8x8 package. */
const PACKAGES = ['.', 'packages/n8n-nodes-8x8-flows'];

/** Removes dist, so that deleted source files don't stay in the package. */
exports.clean = async () => {
	for (const folder of PACKAGES) {
		await rm(path.join(folder, 'dist'), { recursive: true, force: true });
	}
};

/** Copies what tsc doesn't: icons, codex files (*.node.json), and output schemas. */
exports.copy = async () => {
	for (const folder of PACKAGES) {
		const files = ['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];
		const copied = src(files, { cwd: folder, base: folder, encoding: false }).pipe(
			dest(path.join(folder, 'dist')),
		);
		await new Promise((resolve, reject) => copied.on('finish', resolve).on('error', reject));
	}
};
