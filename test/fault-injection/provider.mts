import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { PackageUnderTest } from '../integration/n8nHarness.mts';
import type { MockServer, Recorded } from '../mock-api/MockServer.mts';

/** What the fault injection tests need to know about a provider. */
export interface Provider<TMock extends ProviderMock = ProviderMock> {
	name: string;
	package: PackageUnderTest;
	start: () => Promise<TMock>;
	operations: Record<string, Operation<TMock>>;
	/** Replaces the flows of the mock API with flows that the operation applies to. @returns their IDs */
	seedFlows: (mockApi: TMock, operation: string, count: number) => string[];
	/** Describes the state of a flow, such as `DRAFT`. */
	describeFlow: (mockApi: TMock, id: string) => string;
	/** Path of the generated document, relative to this folder. */
	report: string;
	/** A fault that is not injected into these operations. */
	excluded?: { operations: string[]; fault: string; reason: string };
	/** The faults that random sequences consist of. */
	faults: string[];
}

export type ProviderMock = MockServer & { credential: ICredentialDataDecryptedObject };

/** An operation on the flow `$json.id`. */
export interface Operation<TMock> {
	/** Its name in the OpenAPI description. */
	operationId: string;
	/** A flow of the mock API's initial account that the operation applies to. */
	flowId: string;
	/** May replace the resource and the operation. */
	parameters: IDataObject;
	/** Added to the options of the run. */
	options?: IDataObject;
	/** Credentials that the node has besides the provider's, by type. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	/** The number of items that it can process in one execution. */
	maxItems?: number;
	/** Set for operations that change something. */
	write?: Write<TMock>;
}

export interface Write<TMock> {
	isApplied: (mockApi: TMock, id: string) => boolean;
	/** Whether the part that must not be sent again was applied, if it's only a part. */
	isPartApplied?: (mockApi: TMock, id: string) => boolean;
	/** Whether a request is this write. Set for non-idempotent writes, which must not be sent again once applied. */
	matches?: (request: Recorded, id: string) => boolean;
}

/** A resource locator in the mode By ID, with the ID of the input item. */
export const FLOW_ID = { __rl: true, mode: 'id', value: '={{ $json.id }}' };

/** Whether a request repeats a non-idempotent write after it was applied. */
export function isDuplicate<TMock>(
	write: Write<TMock> | undefined,
	mockApi: TMock,
	request: Recorded,
	id: string,
): boolean {
	if (!write?.matches?.(request, id)) return false;
	return (write.isPartApplied ?? write.isApplied)(mockApi, id);
}
