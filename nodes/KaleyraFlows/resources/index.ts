import { KaleyraClient } from '../../kaleyra/KaleyraClient';
import { ApiSession } from '../../kaleyra/session';
import type { Operations } from '../../shared/node/operations';
import { createExecute, buildProperties } from '../../shared/node/operations';
import { get } from './flow/get';
import { getMany } from './flow/getMany';
import { publish } from './flow/publish';
import { updateMetadata } from './flow/updateMetadata';

/** The one table. A new operation is a file and a line here; the first one is offered first. */
const OPERATIONS: Operations<KaleyraClient> = {
	flow: { name: 'Flow', operations: [getMany, get, publish, updateMetadata] },
};

/** Resource, operation and the operations' fields, each shown where it belongs. */
export const properties = buildProperties(OPERATIONS);

/** Runs the chosen operation for every item. */
export const execute = createExecute(OPERATIONS, async (context, options) => {
	const connection = await ApiSession.open(context, options);
	return (patience) => new KaleyraClient(connection, patience);
});
