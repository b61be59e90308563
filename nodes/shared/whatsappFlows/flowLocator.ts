import type { INodeProperties } from 'n8n-workflow';
import type { GetParameter } from '../node/parameters';
import { InvalidInputError } from '../errors';

/**
 * Which flow: from a list, by ID, or by its address in WhatsApp Manager.
 *
 * @param hint what an ID looks like, and where people find it
 */
export function createFlowLocator(hint: string): INodeProperties {
	return {
		displayName: 'Flow',
		name: 'flowId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'Choose from the list, or give its ID or its address in WhatsApp Manager',
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
				hint,
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: 'e.g. https://business.facebook.com/wa/manage/flows/822625023859371/',
				hint: 'The address of the flow in WhatsApp Manager',
			},
		],
	};
}

/**
 * An address in WhatsApp Manager: the flow is named by `flow_id`, or stands behind `/flows/`. The other
 * numbers in it are those of the business and the WABA. Inferred from addresses seen in public; Meta
 * documents none.
 */
const MANAGER_URL =
	/^https:\/\/(?:business|www)\.facebook\.com\/(?:[^#]*[?&]flow_id=|[^?#]*\/flows\/)([0-9]{1,32})(?:[/?&#].*)?$/;

/**
 * @param readId reads the ID where it is given as such
 * @throws {InvalidInput} where it names no flow
 */
export function parseFlowLocator(
	parameter: GetParameter,
	parseId: (value: unknown) => string,
): string {
	const locator = parameter('flowId');
	if (!isLocator(locator)) return parseId(locator);
	if (locator.mode !== 'url') return parseId(locator.value);
	const url = String(locator.value ?? '').trim();
	const flowId = MANAGER_URL.exec(url)?.[1];
	if (flowId === undefined) {
		throw new InvalidInputError(
			'This address names no flow in WhatsApp Manager',
			'Open the flow in WhatsApp Manager and copy the address from there, such as https://business.facebook.com/wa/manage/flows/822625023859371/, or choose By ID.',
		);
	}
	return flowId;
}

function isLocator(value: unknown): value is { mode: unknown; value: unknown } {
	return typeof value === 'object' && value !== null && 'mode' in value && 'value' in value;
}
