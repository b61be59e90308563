// Finds the programs of Redis and PostgreSQL, which the tests of queue mode run.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Debian doesn't add PostgreSQL's server programs to PATH. Each version has its own folder. */
const POSTGRES = '/usr/lib/postgresql';

/** Programs with the Debian package that contains them. */
const PACKAGES = {
	'redis-server': 'redis-server',
	initdb: 'postgresql',
	postgres: 'postgresql',
	createdb: 'postgresql',
};

function getFolders() {
	const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES) : [];
	const latestFirst = versions.sort((a, b) => Number(b) - Number(a));
	return [
		...latestFirst.map((version) => path.join(POSTGRES, version, 'bin')),
		...(process.env.PATH ?? '').split(path.delimiter),
	];
}

/** @returns the path of a program, or undefined if it isn't installed */
export const findProgram = (name) =>
	getFolders()
		.map((folder) => path.join(folder, name))
		.find((file) => existsSync(file));

/** @returns the Debian packages of the programs that are missing */
export function findMissingPackages() {
	const missing = Object.entries(PACKAGES).filter(([name]) => findProgram(name) === undefined);
	return [...new Set(missing.map(([, debianPackage]) => debianPackage))];
}
