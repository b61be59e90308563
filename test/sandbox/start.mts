import { Sandbox } from './sandbox.mts';

// The sandbox alone, for curl and for nodes of any n8n: npm run sandbox [-- PORT]
const sandbox = await Sandbox.start(Number(process.argv[2] ?? 0));
console.log('Kaleyra sandbox. In n8n, make a Kaleyra API credential with these values:');
console.log(JSON.stringify(sandbox.credential, null, 2));
console.log('It forgets everything when it stops (Ctrl-C).');
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
}
