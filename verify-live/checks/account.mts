import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Flow } from '../../nodes/kaleyra/flow.ts';
import type { Page } from '../../nodes/shared/http/pagination.ts';
import type { Finding } from '../finding.mts';
import type { LiveApi, Parsed } from '../LiveApi.mts';

/** What every check gets. */
export interface Account {
	api: LiveApi;
	/** The first page of the list, without parameters. */
	firstPage: Parsed<Page<Flow>>;
	/** Its flows; empty if it can't be read. */
	flows: Flow[];
	/** The credential's changes for the two hosts of Singapore; empty if the account is elsewhere. */
	singapore: ICredentialDataDecryptedObject[];
}

export type Check = (account: Account) => Promise<Finding[]>;

/** A draft that only these checks use. */
export interface Draft {
	api: LiveApi;
	id: string;
	/** A name that another flow of the WABA has, if there is one. */
	takenName: string | undefined;
}
