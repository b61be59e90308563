import { InvalidInputError } from '../../shared/errors';

/** @throws {InvalidInputError} if the value isn't a boolean */
export function parseBoolean(value: unknown, name: string): boolean {
	if (typeof value === 'boolean') return value;
	throw new InvalidInputError(
		`'${name}' must be a boolean (true or false): ${JSON.stringify(value)}`,
		`Turn '${name}' on or off, or correct its expression.`,
	);
}
