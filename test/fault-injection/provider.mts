import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { Recorded, MockServer } from '../mock-api/MockServer.mts';
import type { N8nTestHarness } from '../integration/n8nHarness.mts';

/** What the tests under bad weather need to know of a provider. */
export interface Provider<TMock extends KaleyraMock = KaleyraMock> {
	/** For the reader of a report. */
	name: string;
	/** Engine and mock API for the tests of one file. */
	setUp: () => void;
	harness: () => N8nTestHarness;
	start: () => Promise<TMock>;
	operations: Record<string, Operation<TMock>>;
	/** Puts so many flows in the mock API that an operation can be carried out on. @returns their IDs */
	seedFlows: (mockApi: TMock, operation: string, count: number) => string[];
	/** The flow in a word or two, such as DRAFT. */
	stateOf: (mockApi: TMock, id: string) => string;
	/** Where the matrix is written to, from this folder. */
	report: string;
	/** Cells that are left out of the matrix. */
	excluded?: { operations: string[]; fault: string; why: string };
	/** What a request of a sequence may meet. */
	faults: string[];
}

export type KaleyraMock = MockServer & { credential: ICredentialDataDecryptedObject };

/** One operation on the flow `$json.id`. */
export interface Operation<TMock> {
	/** Its name in the mock API's description. */
	operationId: string;
	/** The flow of the mock API's first day that it is carried out on. */
	on: string;
	parameters: IDataObject;
	/** Of operations that change something: how to tell the truth about it. */
	write?: Write<TMock>;
}

export interface Write<TMock> {
	/** Whether it has been carried out. */
	done: (mockApi: TMock, id: string) => boolean;
	/** Whether a request is this write. A second one that arrives when it is done already is one too many. */
	is?: (request: Recorded, id: string) => boolean;
}
