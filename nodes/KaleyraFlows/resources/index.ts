import { KaleyraLifecycleClient } from '../../kaleyra/KaleyraLifecycleClient';
import { KaleyraSession } from '../../kaleyra/session';
import type { Operations } from '../../shared/node/operations';
import { buildProperties, buildSubtitle, createExecute } from '../../shared/node/operations';
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
const RESOURCES: Operations<KaleyraLifecycleClient> = {
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
	message: { name: 'Message', operations: [sendFlow, sendFlowTemplate, sendAndWait] },
};

export const properties = buildProperties(RESOURCES);

export const subtitle = buildSubtitle(RESOURCES);

export const execute = createExecute(RESOURCES, async (context, options) => {
	const session = await KaleyraSession.open(context, options);
	return (requestOptions) => new KaleyraLifecycleClient(session, requestOptions);
});
