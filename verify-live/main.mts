// npm run verify:live [-- --write]: compares the package's assumptions with a Kaleyra account. Reads the account from
// the environment; stores and prints none of its values.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { toTable, verify } from './verify.mts';

const USAGE = `Set these environment variables:
  KALEYRA_SID, KALEYRA_API_KEY, KALEYRA_WABA_ID
  KALEYRA_POD         in, sg, sgLegacy, eu, or na; or:
  KALEYRA_API_DOMAIN  as Edit API Key shows it
Without --write, only GET requests are sent. With --write, a draft is created, changed, and deleted.`;

const { values: options } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const { KALEYRA_SID, KALEYRA_API_KEY, KALEYRA_WABA_ID, KALEYRA_POD, KALEYRA_API_DOMAIN } =
	process.env;
const secrets = [KALEYRA_API_KEY, KALEYRA_SID, KALEYRA_WABA_ID].filter(
	(value) => value !== undefined,
);
const redact = (text: string) =>
	secrets.reduce((redacted, secret) => redacted.replaceAll(secret, '[hidden]'), text);

// n8n saves an encryption key in its folder and logs to standard output.
const folder = await mkdtemp(path.join(tmpdir(), 'verify-live-'));
Object.assign(process.env, { N8N_USER_FOLDER: folder, N8N_LOG_LEVEL: 'silent' });
const { N8nTestHarness } = await import('../test/integration/n8nHarness.mts');

process.exitCode = await main().catch((error: unknown) => {
	console.error(redact(error instanceof Error ? error.message : String(error)));
	return 1;
});
await rm(folder, { recursive: true });

async function main(): Promise<number> {
	if (secrets.length < 3 || secrets.includes('') || !(KALEYRA_POD ?? KALEYRA_API_DOMAIN)) {
		console.error(USAGE);
		return 1;
	}
	if (options.write && !(await confirm())) return 1;
	// The draft must be deleted first.
	if (options.write) process.on('SIGINT', () => console.error('\nStops after the last check.'));
	const pod = KALEYRA_POD ?? 'custom';
	const findings = await verify(await N8nTestHarness.load(), {
		credential: {
			sid: KALEYRA_SID ?? '',
			apiKey: KALEYRA_API_KEY ?? '',
			wabaId: KALEYRA_WABA_ID ?? '',
			pod,
			apiDomain: KALEYRA_API_DOMAIN ?? '',
		},
		singapore: pod.startsWith('sg') ? [{ pod: 'sg' }, { pod: 'sgLegacy' }] : [],
		write: options.write,
		warn: (message) => console.error(message),
		onProgress: () => process.stderr.write('.'),
	});
	console.error();
	console.log(redact(toTable(findings)));
	return 0;
}

async function confirm(): Promise<boolean> {
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	const answer = await terminal.question(
		'This creates a draft in the WABA, changes it, and deletes it. It is never published. Type yes: ',
	);
	terminal.close();
	return answer.trim() === 'yes';
}
