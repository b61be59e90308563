import type { INodeProperties } from 'n8n-workflow';
import { isResourceLocatorValue } from 'n8n-workflow';
import { InvalidInputError } from '../errors';
import type { GetParameter } from '../node/parameters';

/**
 * A flow's URL in WhatsApp Manager: the ID is in `flow_id`, or follows `/flows/`. Other numbers in it are
 * the IDs of the business and the WABA. Inferred from URLs seen in public; Meta documents none.
 */
const MANAGER_URL =
	/^https:\/\/(?:business|www)\.facebook\.com\/(?:[^#]*[?&]flow_id=|[^?#]*\/flows\/)([0-9]{1,32})(?:[/?&#].*)?$/;

/**
 * The resource locator for a flow: from a list, by ID, or by URL.
 *
 * @param idHint what an ID looks like, and where to find it
 */
export function createFlowLocator(idHint: string): INodeProperties {
	return {
		displayName: 'Flow',
		name: 'flowId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'Choose a flow from the list, or enter its ID or its URL in WhatsApp Manager',
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
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: 'e.g. https://business.facebook.com/wa/manage/flows/822625023859371/',
				hint: 'The URL of the flow in WhatsApp Manager',
			},
		],
	};
}

/**
 * @param parseId parses the ID
 * @throws {InvalidInputError} if the parameter doesn't identify a flow
 */
export function parseFlowLocator(
	getParameter: GetParameter,
	parseId: (value: unknown) => string,
): string {
	const locator = getParameter('flowId');
	if (!isResourceLocatorValue(locator)) return parseId(locator);
	if (locator.mode !== 'url') return parseId(locator.value);
	const url = String(locator.value ?? '').trim();
	const flowId = MANAGER_URL.exec(url)?.[1];
	if (flowId === undefined) {
		throw new InvalidInputError(
			"'Flow' isn't the URL of a flow in WhatsApp Manager",
			'Open the flow in WhatsApp Manager and copy its URL, such as https://business.facebook.com/wa/manage/flows/822625023859371/, or select By ID.',
		);
	}
	return flowId;
}
