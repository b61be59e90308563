import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { N8nTestHarness } from '../test/integration/n8nHarness.mts';
import type { Account } from './checks/account.mts';
import { checkDraft } from './checks/draft.mts';
import { checkCredentialTest, checkSingapore, checkUnknownIds } from './checks/errors.mts';
import {
	checkDefaultNames,
	checkDetails,
	checkEncodings,
	checkShapes,
	checkUpdatedAt,
} from './checks/fields.mts';
import { checkPages } from './checks/pages.mts';
import type { Finding } from './finding.mts';
import { LiveApi } from './LiveApi.mts';

const READ_CHECKS = [
	checkEncodings,
	checkDefaultNames,
	checkDetails,
	checkUpdatedAt,
	checkShapes,
	checkPages,
	checkUnknownIds,
	checkCredentialTest,
	checkSingapore,
];

export interface VerifyOptions {
	/** As in n8n, with a WABA ID. */
	credential: ICredentialDataDecryptedObject;
	/** The credential's changes for the two hosts of Singapore. */
	singapore?: ICredentialDataDecryptedObject[];
	/** Whether to also create, change, and delete a draft. */
	write?: boolean;
	/** Receives what the user must do. */
	warn?: (message: string) => void;
	/** Called after each check. */
	onProgress?: () => void;
}

/**
 * Compares the package's assumptions with what the API does.
 *
 * @throws an error if the API doesn't list the flows of the WABA
 */
export async function verify(
	harness: N8nTestHarness,
	{ credential, singapore = [], write = false, warn = () => {}, onProgress }: VerifyOptions,
): Promise<Finding[]> {
	const api = await LiveApi.open(harness, credential);
	const firstPage = await api.getFlows();
	if (!firstPage.ok) throw new Error(`Get Many failed: ${firstPage.error.message}`);
	const account: Account = { api, firstPage, flows: firstPage.data.rows, singapore };
	const findings: Finding[] = [];
	for (const check of READ_CHECKS) {
		findings.push(...(await check(account)));
		onProgress?.();
	}
	if (write) findings.push(...(await checkDraft(account, warn)));
	return findings;
}

/** A table for docs/api-assumptions.md. */
export const toTable = (findings: Finding[]): string =>
	[
		'| Assumption | Used in | Verdict | Seen |',
		'| --- | --- | --- | --- |',
		...findings.map(
			({ assumption, usedIn, verdict, seen }) =>
				`| ${assumption} | ${usedIn.includes('/') ? `\`${usedIn}\`` : usedIn} | ${verdict} | ${seen} |`,
		),
	].join('\n');
