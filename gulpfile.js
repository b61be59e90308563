const { rm } = require('node:fs/promises');
const { src, dest } = require('gulp');

/** Empties dist, so that a deleted source file does not live on in the package. */
exports.clean = () => rm('dist', { recursive: true, force: true });

/** What tsc leaves behind: icons, the codex (*.node.json) and the output schemas. */
exports.copy = () =>
	src(['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
