import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { Recorded, SandboxServer } from '../../sandbox/server.mts';
import type { Engine } from '../n8n.mts';

/** What the tests under bad weather need to know of a provider. */
export interface Provider<Box extends Sandbox = Sandbox> {
	/** For the reader of a report. */
	name: string;
	/** Engine and sandbox for the tests of one file. */
	setUp: () => void;
	engine: () => Engine;
	start: () => Promise<Box>;
	operations: Record<string, Operation<Box>>;
	/** Puts so many flows in the sandbox that an operation can be carried out on. @returns their IDs */
	stock: (sandbox: Box, operation: string, count: number) => string[];
	/** The flow in a word or two, such as DRAFT. */
	stateOf: (sandbox: Box, id: string) => string;
	/** Where the matrix is written to, from this folder. */
	report: string;
	/** Cells that are left out of the matrix. */
	leftOut?: { operations: string[]; weather: string; why: string };
	/** What a request of a sequence may meet. */
	faults: string[];
}

export type Sandbox = SandboxServer & { credential: ICredentialDataDecryptedObject };

/** One operation on the flow `$json.id`. */
export interface Operation<Box> {
	/** Its name in the sandbox's description. */
	route: string;
	/** The flow of the sandbox's first day that it is carried out on. */
	on: string;
	parameters: IDataObject;
	/** Of operations that change something: how to tell the truth about it. */
	write?: Write<Box>;
}

export interface Write<Box> {
	/** Whether it has been carried out. */
	done: (sandbox: Box, id: string) => boolean;
	/** Whether a request is this write. A second one that arrives when it is done already is one too many. */
	is?: (request: Recorded, id: string) => boolean;
}
