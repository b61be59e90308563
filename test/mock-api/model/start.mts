import { decide } from './decide.mts';
import { ModelServer } from './ModelServer.mts';

// The mock of a language model, for the example with an agent.
const model = new ModelServer(decide);
await model.start(Number(process.argv[2] ?? 0));
console.log(JSON.stringify(model.credential));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
