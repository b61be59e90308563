import { EightByEightMessageClient } from '../../eightByEight/EightByEightMessageClient';
import { openSession } from '../../eightByEight/session';
import type { Operations } from '../../shared/node/operations';
import { buildProperties, buildSubtitle, createExecute } from '../../shared/node/operations';
import { create } from './flow/create';
import { deleteFlow } from './flow/delete';
import { deprecate } from './flow/deprecate';
import { get } from './flow/get';
import { getMany } from './flow/getMany';
import { preview } from './flow/preview';
import { publish } from './flow/publish';
import { update } from './flow/update';
import { upsert } from './flow/upsert';
import { sendAndWait } from './message/sendAndWait';
import { sendFlow } from './message/sendFlow';
import { sendFlowTemplate } from './message/sendFlowTemplate';

/** All operations, in the order of the dropdown. The first one is the default. */
const OPERATIONS: Operations<EightByEightMessageClient> = {
	flow: {
		name: 'Flow',
		operations: [getMany, get, preview, create, upsert, update, publish, deprecate, deleteFlow],
	},
	message: { name: 'Message', operations: [sendFlow, sendFlowTemplate, sendAndWait] },
};

/** Resource, Operation, and the parameters of every operation. */
export const properties = buildProperties(OPERATIONS);

export const subtitle = buildSubtitle(OPERATIONS);

/** Executes the selected operation for every item. */
export const execute = createExecute(OPERATIONS, async (context, options) => {
	const session = await openSession(context, options);
	return (requestOptions) => new EightByEightMessageClient(session, requestOptions);
});
