import { flow } from '../test/sandbox/accounts.mts';
import { Sandbox } from '../test/sandbox/sandbox.mts';
import type { Settings } from '../test/sandbox/sandbox.mts';

// The sandbox in a process of its own, so that its work is not counted. It is told what to be by message.

export interface Order {
	settings: Partial<Settings>;
	flows: number;
}

export interface Report {
	credential: Sandbox['credential'];
	requests: number;
}

const sandbox = await Sandbox.start();
process.on('message', (order: Order | 'report') => {
	const report: Report = { credential: sandbox.credential, requests: sandbox.requests.length };
	if (order !== 'report') {
		sandbox.reset(order.settings);
		const flows = Array.from({ length: order.flows }, (_, index) =>
			flow(String(1_000_000 + index)),
		);
		sandbox.account.wabas.set(sandbox.credential.wabaId, flows);
	}
	process.send!(report);
});
process.on('disconnect', () => process.exit());
