import { EightByEightSandbox } from './sandbox.mts';

// The 8x8 sandbox alone, for curl and for nodes of any n8n: npm run sandbox:8x8 [-- PORT]
const sandbox = await EightByEightSandbox.start(Number(process.argv[2] ?? 0));
console.log('8x8 sandbox. In n8n, make an 8x8 Chat Apps API credential with these values:');
console.log(JSON.stringify(sandbox.credential, null, 2));
console.log(`Its channel is ${[...sandbox.account.channels.keys()][0]}.`);
console.log('It forgets everything when it stops (Ctrl-C).');
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
}
