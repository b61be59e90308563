import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { KaleyraLifecycleClient } from '../../kaleyra/KaleyraLifecycleClient';
import { KaleyraPhoneNumberClient } from '../../kaleyra/KaleyraPhoneNumberClient';
import { KaleyraSession } from '../../kaleyra/session';
import type { Operations } from '../../shared/node/operations';
import { buildProperties, buildSubtitle, createExecute } from '../../shared/node/operations';
import { createFlowToken } from './endpoint/createFlowToken';
import { EndpointClient } from './endpoint/EndpointClient';
import { respond } from './endpoint/respond';
import { setPublicKey } from './endpoint/setPublicKey';
import { create } from './flow/create';
import { deleteFlow } from './flow/delete';
import { deprecate } from './flow/deprecate';
import { get } from './flow/get';
import { getJson } from './flow/getJson';
import { getMany } from './flow/getMany';
import { migrate } from './flow/migrate';
import { publish } from './flow/publish';
import { updateJson } from './flow/updateJson';
import { updateMetadata } from './flow/updateMetadata';
import { upsert } from './flow/upsert';
import { sendAndWait } from './message/sendAndWait';
import { sendFlow } from './message/sendFlow';
import { sendFlowTemplate } from './message/sendFlowTemplate';

/** A new operation is one file and one line here. The first one is the default. */
const FLOW: Operations<KaleyraLifecycleClient> = {
	flow: {
		name: 'Flow',
		operations: [
			getMany,
			get,
			create,
			upsert,
			updateMetadata,
			updateJson,
			getJson,
			publish,
			deprecate,
			deleteFlow,
			migrate,
		],
	},
};

const MESSAGE: Operations<KaleyraPhoneNumberClient> = {
	message: { name: 'Message', operations: [sendFlow, sendFlowTemplate, sendAndWait] },
};

/** These operations use the endpoint credential. */
const ENDPOINT: Operations<EndpointClient> = {
	endpoint: { name: 'Endpoint', operations: [respond, createFlowToken, setPublicKey] },
};

const RESOURCES: Operations<unknown> = { ...FLOW, ...MESSAGE, ...ENDPOINT };

export const properties = buildProperties(RESOURCES);

export const subtitle = buildSubtitle(RESOURCES);

const executeFlow = createExecute(FLOW, async (context, options) => {
	const session = await KaleyraSession.open(context, options);
	return (requestOptions) => new KaleyraLifecycleClient(session, requestOptions);
});

const executeMessage = createExecute(MESSAGE, async (context, options) => {
	const session = await KaleyraSession.open(context, options);
	return (requestOptions) => new KaleyraPhoneNumberClient(session, requestOptions);
});

const executeEndpoint = createExecute(
	ENDPOINT,
	async (context) => await EndpointClient.createFactory(context),
);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0);
	if (resource === 'message') return await executeMessage.call(this);
	if (resource === 'endpoint') return await executeEndpoint.call(this);
	return await executeFlow.call(this);
}
