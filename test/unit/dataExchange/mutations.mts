interface Body {
	encrypted_flow_data: string;
	encrypted_aes_key: string;
	initial_vector: string;
}

const FIELDS = ['encrypted_flow_data', 'encrypted_aes_key', 'initial_vector'] as const;
const JUNK = [null, 0, true, '', 'x', [], {}, '\u0000', '='];

/** Changes a valid request at random, so that it must be rejected. The same seed makes the same change. */
export function mutateRequest(body: Body, seed: number): { mutated: string; description: string } {
	const random = createRandom(seed);
	const field = FIELDS[random(FIELDS.length)]!;
	const bytes = Buffer.from(body[field], 'base64');
	const position = random(bytes.length);
	const withField = (value: unknown) => JSON.stringify({ ...body, [field]: value });
	const mutations: [string, () => string][] = [
		['flip a bit', () => withField(change(bytes, position, 1 << random(8)).toString('base64'))],
		['truncate', () => withField(bytes.subarray(0, position).toString('base64'))],
		[
			'append a byte',
			() => withField(Buffer.concat([bytes, Buffer.of(random(256))]).toString('base64')),
		],
		['remove a byte', () => withField(without(bytes, position).toString('base64'))],
		['replace the value', () => withField(JUNK[random(JUNK.length)])],
		['remove the field', () => withField(undefined)],
		['random bytes', () => withField(Buffer.from(bytes.map(() => random(256))).toString('base64'))],
		['change a character of the text', () => withField(changeCharacter(body[field], random))],
		['swap fields', () => withField(body[FIELDS[(FIELDS.indexOf(field) + 1) % 3]!])],
		['truncate the JSON', () => JSON.stringify(body).slice(0, random(JSON.stringify(body).length))],
	];
	const [name, mutate] = mutations[random(mutations.length)]!;
	return { mutated: mutate(), description: `${name}, ${field}, byte ${position}` };
}

function change(bytes: Buffer, position: number, mask: number): Buffer {
	const copy = Buffer.from(bytes);
	copy[position]! ^= mask;
	return copy;
}

const without = (bytes: Buffer, position: number) =>
	Buffer.concat([bytes.subarray(0, position), bytes.subarray(position + 1)]);

function changeCharacter(text: string, random: (below: number) => number): string {
	const position = random(text.length);
	const characters = 'ABCXYZabcxyz019+/=-_ \n'.replace(text[position]!, '');
	const character = characters[random(characters.length)]!;
	return `${text.slice(0, position)}${character}${text.slice(position + 1)}`;
}

/** Mulberry32. @returns a function that returns integers from 0 to below its argument */
function createRandom(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
	};
}
