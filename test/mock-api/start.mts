import { KaleyraMock } from './KaleyraMock.mts';

// npm run mock [-- PORT]: the Kaleyra mock API, for curl and for any n8n
const mockApi = await KaleyraMock.start(Number(process.argv[2] ?? 0));
console.log('Kaleyra mock API. In n8n, create a Kaleyra API credential with these values:');
console.log(JSON.stringify(mockApi.credential, null, 2));
console.log(`Its flows, requests, and chat: ${mockApi.origin}/`);
console.log('Changes are lost when it stops (Ctrl+C).');
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => void mockApi.stop().then(() => process.exit(0)));
}
