import { EightByEightMock } from './EightByEightMock.mts';

// The 8x8 mock API alone, for curl and for nodes of any n8n: npm run mock API:8x8 [-- PORT]
const mockApi = await EightByEightMock.start(Number(process.argv[2] ?? 0));
console.log('8x8 mock API. In n8n, make an 8x8 Chat Apps API credential with these values:');
console.log(JSON.stringify(mockApi.credential, null, 2));
console.log(`Its channel is ${[...mockApi.account.channels.keys()][0]}.`);
console.log('It forgets everything when it stops (Ctrl-C).');
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => void mockApi.stop().then(() => process.exit(0)));
}
