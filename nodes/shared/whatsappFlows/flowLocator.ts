import type { INodeProperties } from 'n8n-workflow';
import { isResourceLocatorValue } from 'n8n-workflow';
import { InvalidInputError } from '../errors';
import type { GetParameter } from '../node/parameters';
import type { NamedFlow } from './findFlowByName';
import { findFlowByName } from './findFlowByName';

/**
 * A flow's URL in WhatsApp Manager: the ID is in `flow_id`, or follows `/flows/`. Other numbers in it are
 * the IDs of the business and the WABA. Inferred from URLs seen in public; Meta documents none.
 */
const MANAGER_URL =
	/^https:\/\/(?:business|www)\.facebook\.com\/(?:[^#]*[?&]flow_id=|[^?#]*\/flows\/)([0-9]{1,32})(?:[/?&#].*)?$/;

/** The flow's page in WhatsApp Manager (inferred, see above). */
export const getManagerUrl = (flowId: string) =>
	`https://business.facebook.com/wa/manage/flows/${flowId}/`;

interface FlowLocatorOptions {
	/** What an ID looks like, and where to find it. */
	idHint: string;
	/** What a name must be unique in, such as "the WABA". */
	scope: string;
}

/**
 * The resource locator for a flow: from a list, by ID, by name, or by URL. Its modes have no `validation`: n8n runs
 * that also in executions, with a limit of 250 ms, and fails the execution on a busy machine.
 */
export function createFlowLocator({ idHint, scope }: FlowLocatorOptions): INodeProperties {
	return {
		displayName: 'Flow',
		name: 'flowId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description:
			'Choose a flow from the list, or enter its ID, its exact name, or its URL in WhatsApp Manager',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchFlows', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 822625023859371',
				hint: idHint,
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. Book an appointment',
				hint: `The exact name of a flow of ${scope}. An ID or a URL is accepted too, so this suits AI agents.`,
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: `e.g. ${getManagerUrl('822625023859371')}`,
				hint: 'The URL of the flow in WhatsApp Manager',
			},
		],
	};
}

interface FlowLocatorParser {
	parseId: (value: unknown) => string;
	/** Reads the flows to search for a name. */
	listFlows: () => Promise<NamedFlow[]>;
}

/**
 * @returns the flow's ID
 * @throws {InvalidInputError} if the parameter doesn't identify a flow
 */
export async function resolveFlowLocator(
	getParameter: GetParameter,
	{ parseId, listFlows }: FlowLocatorParser,
): Promise<string> {
	const locator = getParameter('flowId');
	if (!isResourceLocatorValue(locator)) return parseId(locator);
	const text = String(locator.value ?? '').trim();
	if (locator.mode === 'url') return parseManagerUrl(text);
	if (locator.mode !== 'name') return parseId(locator.value);
	const urlId = MANAGER_URL.exec(text)?.[1];
	if (urlId !== undefined) return urlId;
	if (text !== '') return findFlowByName(await listFlows(), text);
	throw new InvalidInputError("'Flow' is empty", 'Enter the exact name of a flow, or its ID.');
}

function parseManagerUrl(url: string): string {
	const flowId = MANAGER_URL.exec(url)?.[1];
	if (flowId !== undefined) return flowId;
	throw new InvalidInputError(
		"'Flow' isn't the URL of a flow in WhatsApp Manager",
		`Open the flow in WhatsApp Manager and copy its URL, such as ${getManagerUrl('822625023859371')}, or select By ID.`,
	);
}
