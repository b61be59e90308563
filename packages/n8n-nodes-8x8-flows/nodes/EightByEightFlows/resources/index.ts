import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { EightByEightFlowClient } from '../../eightByEight/EightByEightFlowClient';
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

/** A new operation is one file and one line here. The first one is the default. */
const FLOW: Operations<EightByEightFlowClient> = {
	flow: {
		name: 'Flow',
		operations: [getMany, get, preview, create, upsert, update, publish, deprecate, deleteFlow],
	},
};

const MESSAGE: Operations<EightByEightMessageClient> = {
	message: { name: 'Message', operations: [sendFlow, sendFlowTemplate, sendAndWait] },
};

const RESOURCES: Operations<unknown> = { ...FLOW, ...MESSAGE };

export const properties = buildProperties(RESOURCES);

export const subtitle = buildSubtitle(RESOURCES);

const executeFlow = createExecute(FLOW, async (context, options) => {
	const session = await openSession(context, options);
	return (requestOptions) => new EightByEightFlowClient(session, requestOptions);
});

const executeMessage = createExecute(MESSAGE, async (context, options) => {
	const session = await openSession(context, options);
	return (requestOptions) => new EightByEightMessageClient(session, requestOptions);
});

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0);
	return resource === 'message' ? await executeMessage.call(this) : await executeFlow.call(this);
}
