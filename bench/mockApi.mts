import { flow } from '../test/mock-api/accounts.mts';
import { KaleyraMock } from '../test/mock-api/KaleyraMock.mts';
import type { Settings } from '../test/mock-api/KaleyraMock.mts';

// The mock API in a process of its own, so that its work is not counted. It is told what to be by message.

export interface Order {
	settings: Partial<Settings>;
	flows: number;
}

export interface Report {
	credential: KaleyraMock['credential'];
	requests: number;
}

const mockApi = await KaleyraMock.start();
process.on('message', (order: Order | 'report') => {
	const report: Report = { credential: mockApi.credential, requests: mockApi.requests.length };
	if (order !== 'report') {
		mockApi.reset(order.settings);
		const flows = Array.from({ length: order.flows }, (_, index) =>
			flow(String(1_000_000 + index)),
		);
		mockApi.account.wabas.set(mockApi.credential.wabaId, flows);
	}
	process.send!(report);
});
process.on('disconnect', () => process.exit());
