import { EightByEightMock } from './EightByEightMock.mts';

// npm run mock:8x8 [-- PORT]: the 8x8 mock API, for curl and for any n8n
const mockApi = await EightByEightMock.start(Number(process.argv[2] ?? 0));
console.log('8x8 mock API. In n8n, create an 8x8 Chat Apps API credential with these values:');
console.log(JSON.stringify(mockApi.credential, null, 2));
console.log(`Channel ID: ${[...mockApi.account.channels.keys()][0]}`);
console.log(`Its flows, requests, and chat: ${mockApi.origin}/`);
console.log('Changes are lost when it stops (Ctrl+C).');
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => void mockApi.stop().then(() => process.exit(0)));
}
