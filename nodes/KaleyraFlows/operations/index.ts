import { KaleyraClient } from '../../api/client';
import { Connection } from '../../api/connection';
import type { Operations } from '../../engine/operations';
import { executeOf, propertiesOf } from '../../engine/operations';
import { get } from './flow/get';
import { getMany } from './flow/getMany';
import { publish } from './flow/publish';
import { updateMetadata } from './flow/updateMetadata';

/** The one table. A new operation is a file and a line here; the first one is offered first. */
const OPERATIONS: Operations<KaleyraClient> = {
	flow: { name: 'Flow', operations: [getMany, get, publish, updateMetadata] },
};

/** Resource, operation and the operations' fields, each shown where it belongs. */
export const properties = propertiesOf(OPERATIONS);

/** Runs the chosen operation for every item. */
export const execute = executeOf(OPERATIONS, async (context, options) => {
	const connection = await Connection.open(context, options);
	return (patience) => new KaleyraClient(connection, patience);
});
