import { flow } from '../test/mock-api/accounts.mts';
import { KaleyraMock } from '../test/mock-api/KaleyraMock.mts';
import type { Settings } from '../test/mock-api/KaleyraMock.mts';
import { getFlowIds } from './flowIds.mts';

// The mock API in its own process, so that its CPU time isn't measured.

/** A message that resets the mock API. */
export interface Reset {
	settings: Partial<Settings>;
	/** Number of flows in the WABA, all of them drafts. */
	flows: number;
}

export interface Report {
	credential: KaleyraMock['credential'];
	requests: number;
	/** Number of requests with a 2xx response that publish a flow. */
	published: number;
}

const mockApi = await KaleyraMock.start();
process.on('message', (message: Reset | 'report') => {
	if (message !== 'report') {
		mockApi.reset(message.settings);
		const flows = getFlowIds(message.flows).map((id) => flow(id));
		mockApi.account.wabas.set(mockApi.credential.wabaId, flows);
	}
	const report: Report = {
		credential: mockApi.credential,
		requests: mockApi.requests.length,
		published: mockApi.requests.filter(
			({ target, status }) => target.endsWith('/publish') && status === 200,
		).length,
	};
	process.send!(report);
});
process.on('disconnect', () => process.exit());
