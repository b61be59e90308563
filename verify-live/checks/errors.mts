import type { Finding } from '../finding.mts';
import { conclusive, decide, describeResult } from '../finding.mts';
import type { Parsed } from '../LiveApi.mts';
import type { Check } from './account.mts';

/** An ID that no flow and no WABA has. */
const UNKNOWN_ID = '999999999999999';
const WRONG_KEY = 'A00000000000000000000000000000000';
const CREDENTIAL_TEST = 'nodes/kaleyra/credentialTest.ts';

export const checkUnknownIds: Check = async ({ api }) => {
	const flow = await api.getFlow(UNKNOWN_ID);
	const list = await api.getFlows('', UNKNOWN_ID);
	const findings = [
		['Get', 'flow', flow],
		['Get Many', 'WABA', list],
	] as const;
	return findings.map(([operation, kind, parsed]) => ({
		assumption: `${operation}: an unknown ${kind} is reported as \`WA-401\` with \`flow_id\``,
		usedIn: 'nodes/kaleyra/errorCodes.ts',
		verdict: decide(conclusive<unknown>(parsed) && isUnknown(parsed)),
		seen: describeResult(parsed.result),
	}));
};

export const checkCredentialTest: Check = async ({ api }) => {
	const withoutWaba = await api.with({ wabaId: '' });
	const wrongKey = await withoutWaba.with({ apiKey: WRONG_KEY });
	const [right, wrong] = [await withoutWaba.getFlow('0'), await wrongKey.getFlow('0')];
	return [
		{
			assumption: 'Flow `0` does not exist, so the credential test without a WABA ID passes',
			usedIn: CREDENTIAL_TEST,
			verdict: decide(conclusive(right) && (await withoutWaba.testCredential())),
			seen: describeResult(right.result),
		},
		{
			assumption: 'The API key is checked before the flow ID, so the test fails for a wrong key',
			usedIn: CREDENTIAL_TEST,
			verdict: decide(conclusive(wrong) && !(await wrongKey.testCredential())),
			seen: describeResult(wrong.result),
		},
	];
};

export const checkSingapore: Check = async ({ api, singapore }) => {
	const findings: Finding[] = [];
	for (const [index, host] of [0, 1].map((each) => [each, singapore[each]] as const)) {
		const list = host && (await (await api.with(host)).getFlows());
		findings.push({
			assumption: `Singapore: \`${['api.kaleyra.io', 'api.ap.kaleyra.io'][index]}\` responds to reads`,
			usedIn: 'nodes/kaleyra/constants.ts',
			verdict: decide(list?.ok),
			seen: list ? describeResult(list.result) : 'the account is not in Singapore',
		});
	}
	return findings;
};

const isUnknown = (parsed: Parsed<unknown>) =>
	!parsed.ok &&
	parsed.error.code === 'WA401' &&
	parsed.error.failure?.cause === 'configuration-invalid';
