import { KaleyraMock } from './KaleyraMock.mts';

// The mock API alone, for curl and for nodes of any n8n: npm run mock API [-- PORT]
const mockApi = await KaleyraMock.start(Number(process.argv[2] ?? 0));
console.log('Kaleyra mock API. In n8n, make a Kaleyra API credential with these values:');
console.log(JSON.stringify(mockApi.credential, null, 2));
console.log('It forgets everything when it stops (Ctrl-C).');
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => void mockApi.stop().then(() => process.exit(0)));
}
