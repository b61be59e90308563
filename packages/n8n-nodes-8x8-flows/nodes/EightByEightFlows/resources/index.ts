import { EightByEightClient } from '../../eightByEight/EightByEightClient';
import { connect } from '../../eightByEight/session';
import type { Operations } from '../../shared/node/operations';
import { createExecute, buildProperties } from '../../shared/node/operations';
import { create } from './flow/create';
import { deleteFlow } from './flow/delete';
import { deprecate } from './flow/deprecate';
import { get } from './flow/get';
import { getMany } from './flow/getMany';
import { preview } from './flow/preview';
import { publish } from './flow/publish';
import { update } from './flow/update';

/** The one table. A new operation is a file and a line here; the first one is offered first. */
const OPERATIONS: Operations<EightByEightClient> = {
	flow: {
		name: 'Flow',
		operations: [getMany, get, preview, create, update, publish, deprecate, deleteFlow],
	},
};

/** Resource, operation and the operations' fields, each shown where it belongs. */
export const properties = buildProperties(OPERATIONS);

/** Runs the chosen operation for every item. */
export const execute = createExecute(OPERATIONS, async (context, options) => {
	const connection = await connect(context, options);
	return (patience) => new EightByEightClient(connection, patience);
});
