import type { Recorded } from '../mock-api/MockServer.mts';
import type { Write } from './provider.mts';

interface FlowsMock {
	flows: { id: string; name: string; status: string }[];
}

export const NEW_NAME = '=New {{ $json.id }}';

export const findFlow = <TFlow extends { id: string }>(mockApi: { flows: TFlow[] }, id: string) =>
	mockApi.flows.find((flow) => flow.id === id);

/** The flow that Create adds for an item. */
export const findNewFlow = <TFlow extends { id: string; name: string }>(
	mockApi: { flows: TFlow[] },
	id: string,
) => mockApi.flows.find((flow) => flow.name === `New ${id}` && flow.id !== id);

export const CREATE: Write<FlowsMock> = {
	isApplied: (mockApi, id) => findNewFlow(mockApi, id) !== undefined,
	matches: ({ method, target, body }, id) =>
		method === 'POST' && target.endsWith('/flows') && body.includes(`"New ${id}"`),
};

export const RENAME: Write<FlowsMock> = {
	isApplied: (mockApi, id) => findFlow(mockApi, id)?.name === `New ${id}`,
};

export const PUBLISH = createStatusChange('PUBLISHED', 'POST', 'publish');
export const DEPRECATE = createStatusChange('DEPRECATED', 'POST', 'deprecate');
export const DELETE = createStatusChange(undefined, 'DELETE');

/** @param status undefined if the flow no longer exists */
function createStatusChange(
	status: string | undefined,
	method: string,
	action?: string,
): Write<FlowsMock> {
	const getPath = (id: string) => (action === undefined ? `/${id}` : `/${id}/${action}`);
	return {
		isApplied: (mockApi, id) => findFlow(mockApi, id)?.status === status,
		matches: (request: Recorded, id) =>
			request.method === method && request.target.endsWith(getPath(id)),
	};
}
