import { createFlowJson } from '../accounts.mts';
import { createSampleFlowJson } from '../phone/sampleFlows.mts';

/** The mock API's data: accounts with their channels, and flows with their lifecycle. */

export type Status = 'DRAFT' | 'PUBLISHED' | 'DEPRECATED';

export interface Flow {
	id: string;
	name: string;
	status: Status;
	categories: string[];
	validationErrors: object[];
	flowJson: string;
	/** The sample of 8x8's page. Other flows have a URL of the mock API. */
	flowJsonUrl?: string;
	endPointUri?: string;
	applicationId?: string;
}

export interface Account {
	accountId: string;
	apiKey: string;
	/** These send messages. */
	subaccountIds: string[];
	/** Flows by channel ID, in list order. */
	channels: Map<string, Flow[]>;
}

/** Source: Get WhatsApp Flow details, example. */
export const VALIDATION_ERROR = {
	error: 'INVALID_PROPERTY_VALUE',
	errorType: 'FLOW_JSON_ERROR',
	message: "Invalid value found for property 'type'.",
	lineStart: 1,
	lineEnd: 1,
	columnStart: 84,
	columnEnd: 92,
	pointers: [
		{
			lineStart: 1,
			lineEnd: 1,
			columnStart: 84,
			columnEnd: 92,
			path: 'screens[0].layout.children[0].children[0].type',
		},
	],
};

/** Creates a valid draft, with changes. */
export function flow(id: string, changes: Partial<Flow> = {}): Flow {
	return {
		id,
		name: `Flow ${id}`,
		status: 'DRAFT',
		categories: ['OTHER'],
		validationErrors: [],
		flowJson: createFlowJson(`Flow ${id}`),
		...changes,
	};
}

/** The account that the playground and the tests use. 8x8 has no such account or key. */
export function createAccount(): Account {
	return {
		accountId: '1a2b3c4d-0000-4000-8000-00000000008f',
		apiKey: 'K8mockapi0mockapi0mockapi0mockapi',
		subaccountIds: ['Mock_API', 'Mock&Sons-2.0'],
		channels: new Map([
			[
				'3f1c2b4a-0000-4000-8000-0000000000c1',
				[
					flow('800000000000001', {
						name: 'Book a test drive',
						categories: ['APPOINTMENT_BOOKING'],
					}),
					flow('800000000000002', {
						name: 'Delivery survey',
						status: 'PUBLISHED',
						flowJson: createSampleFlowJson('Customer survey'),
					}),
					flow('822625023859371', {
						name: 'Example flow',
						validationErrors: [VALIDATION_ERROR],
						flowJsonUrl: 'https://mmg.whatsapp.net/m1/v/t24/An-a1LjKk34-zpvJMd&_nc_sid=471',
					}),
					flow('800000000000004', { name: 'Winter raffle', status: 'DEPRECATED' }),
					flow('800000000000005', {
						name: 'Ask for a call',
						status: 'PUBLISHED',
						categories: ['CONTACT_US', 'CUSTOMER_SUPPORT'],
					}),
				],
			],
			['3f1c2b4a-0000-4000-8000-0000000000c2', []],
		]),
	};
}

/** The body of Create and Update. */
export interface Content {
	name?: string;
	categories?: string[];
	publish?: boolean;
	flowJson?: string;
	cloneFlowId?: string;
	endPointUri?: string;
	applicationId?: string;
}

/** @returns whether the flow was published: only a draft without validation errors can be */
export function publish(target: Flow): boolean {
	if (target.status !== 'DRAFT' || target.validationErrors.length > 0) return false;
	target.status = 'PUBLISHED';
	return true;
}

export function deprecate(target: Flow): boolean {
	if (target.status !== 'PUBLISHED') return false;
	target.status = 'DEPRECATED';
	return true;
}

export function remove(target: Flow, siblings: Flow[]): boolean {
	if (target.status !== 'DRAFT') return false;
	siblings.splice(siblings.indexOf(target), 1);
	return true;
}

/** @returns the new flow, or undefined if its name is taken or the flow to clone doesn't exist */
export function create(content: Content, siblings: Flow[]): Flow | undefined {
	const last = Math.max(810_000_000_000_000, ...siblings.map(({ id }) => Number(id)));
	const created = flow(String(last + 1));
	if (!apply(content, created, siblings)) return undefined;
	siblings.push(created);
	return created;
}

/** @returns whether the flow was changed: only a draft can be */
export function update(target: Flow, siblings: Flow[], content: Content): boolean {
	return target.status === 'DRAFT' && apply(content, target, siblings);
}

function apply(content: Content, target: Flow, siblings: Flow[]): boolean {
	const { publish: publishNow = false, cloneFlowId, ...changes } = content;
	const original = siblings.find(({ id }) => id === cloneFlowId);
	if (cloneFlowId !== undefined && !original) return false;
	if (siblings.some((other) => other !== target && other.name === changes.name)) return false;
	const invalid = changes.flowJson !== undefined && !/"screens":\s*\[/.test(changes.flowJson);
	const changed: Flow = {
		...target,
		...(original && { validationErrors: original.validationErrors }),
		...changes,
		...(changes.flowJson !== undefined && { validationErrors: invalid ? [VALIDATION_ERROR] : [] }),
	};
	if (publishNow && !publish(changed)) return false;
	Object.assign(target, changed);
	return true;
}

/** The flow as "Get WhatsApp Flow details" returns it, in the documented key order. */
export function toDetails(
	{ id, name, status, categories, validationErrors }: Flow,
	flowJsonUrl: string,
): object {
	return {
		flowId: id,
		flowJsonUrl,
		name,
		status,
		categories,
		...(validationErrors.length > 0 && { validationErrors }),
	};
}
