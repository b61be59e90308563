import type { IDataObject } from 'n8n-workflow';
import type { Flow } from '../../kaleyra/flow';
import type { KaleyraClient } from '../../kaleyra/KaleyraClient';
import type { OperationContext } from '../../shared/node/operations';
import { createWriteOutput } from '../../shared/whatsappFlows/writeOutput';

/**
 * Creates the output of an update, which may have returned the flow to draft.
 *
 * @param before the flow before the update; undefined if its status isn't wanted
 */
export async function createUpdateOutput(
	{ client, addHint }: Pick<OperationContext<KaleyraClient>, 'client' | 'addHint'>,
	id: string,
	before: Flow | undefined,
	name = before?.name,
): Promise<IDataObject> {
	const written = { id, before, name };
	// A draft stays a draft, so only other flows are read again.
	if (!before || before.status === 'DRAFT') {
		return createWriteOutput({ ...written, status: before?.status });
	}
	const after = await client.getFreshFlow(id);
	if (!after) addHint(`Flow ${id} was updated, but its new status couldn't be read.`);
	return createWriteOutput({ ...written, status: after?.status });
}
