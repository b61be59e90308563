import { KaleyraClient } from '../../kaleyra/KaleyraClient';
import { KaleyraSession } from '../../kaleyra/session';
import type { Operations } from '../../shared/node/operations';
import { buildProperties, buildSubtitle, createExecute } from '../../shared/node/operations';
import { get } from './flow/get';
import { getMany } from './flow/getMany';
import { publish } from './flow/publish';
import { updateMetadata } from './flow/updateMetadata';
import { sendAndWait } from './message/sendAndWait';
import { sendFlow } from './message/sendFlow';
import { sendFlowTemplate } from './message/sendFlowTemplate';

/** A new operation is one file and one line here. The first one is the default. */
const RESOURCES: Operations<KaleyraClient> = {
	flow: { name: 'Flow', operations: [getMany, get, publish, updateMetadata] },
	message: { name: 'Message', operations: [sendFlow, sendFlowTemplate, sendAndWait] },
};

export const properties = buildProperties(RESOURCES);

export const subtitle = buildSubtitle(RESOURCES);

export const execute = createExecute(RESOURCES, async (context, options) => {
	const session = await KaleyraSession.open(context, options);
	return (requestOptions) => new KaleyraClient(session, requestOptions);
});
