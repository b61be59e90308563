import type { IDataObject } from 'n8n-workflow';
import type { Result, RunOptions } from '../n8nHarness.mts';
import { DRAFT, PUBLISHED, run, runOnFlow } from './setup.mts';

/** An operation of the 8x8 Flows node, with parameters with which it succeeds against the mock API. */
export interface OperationFixture {
	operation: string;
	/** As the nodes panel lists it. */
	action: string;
	/** The parameters that the editor shows, in their order. */
	shown: string[];
	/** The options with their defaults. */
	options: IDataObject;
	/** The flow that it works on; undefined if it works on a channel. */
	flowId?: string;
	parameters: IDataObject;
	/** Its own request: method and path below the channel. */
	request: string;
}

const getManagerUrl = (id: string) => `https://business.facebook.com/wa/manage/flows/${id}/`;

/** An irreversible change of a flow's status, which 8x8 confirms with an empty response. */
export interface StatusChangeFixture extends OperationFixture {
	flowId: string;
	participle: string;
	from: string;
	/** Undefined if the flow no longer exists. */
	to?: string;
	output: IDataObject;
	/** Added to the output if another execution made the change. */
	already: IDataObject;
}

const READ_OPTIONS = { concurrency: 10, maxRetries: 4, rateLimitTimeout: 120, timeout: 30 };
const WRITE_OPTIONS = { concurrency: 1, maxRetries: 4, rateLimitTimeout: 120, timeout: 30 };
const FIELD_NAMES = { fieldNames: 'camelCase' };

export const STATUS_CHANGES: StatusChangeFixture[] = [
	{
		operation: 'publish',
		action: 'Publish flow (cannot be undone)',
		shown: ['publishNotice', 'channelId', 'flowId', 'options'],
		options: { validateBeforePublishing: true, ...WRITE_OPTIONS },
		flowId: DRAFT,
		parameters: {},
		request: `POST /flows/${DRAFT}/publish`,
		participle: 'published',
		from: 'DRAFT',
		to: 'PUBLISHED',
		output: {
			id: DRAFT,
			success: true,
			status: 'PUBLISHED',
			url: getManagerUrl(DRAFT),
		},
		already: { already_published: true },
	},
	{
		operation: 'deprecate',
		action: 'Deprecate flow (cannot be undone)',
		shown: ['deprecateNotice', 'channelId', 'flowId', 'options'],
		options: WRITE_OPTIONS,
		flowId: PUBLISHED,
		parameters: {},
		request: `POST /flows/${PUBLISHED}/deprecate`,
		participle: 'deprecated',
		from: 'PUBLISHED',
		to: 'DEPRECATED',
		output: {
			id: PUBLISHED,
			success: true,
			status: 'DEPRECATED',
			url: getManagerUrl(PUBLISHED),
		},
		already: { already_deprecated: true },
	},
	{
		operation: 'delete',
		action: 'Delete flow (cannot be undone)',
		shown: ['deleteNotice', 'channelId', 'flowId', 'options'],
		options: WRITE_OPTIONS,
		flowId: DRAFT,
		parameters: {},
		request: `DELETE /flows/${DRAFT}`,
		participle: 'deleted',
		from: 'DRAFT',
		output: { id: DRAFT, deleted: true },
		already: { already_deleted: true },
	},
];

/** Every operation, in the order of the dropdown. */
export const OPERATIONS: OperationFixture[] = [
	{
		operation: 'getMany',
		action: 'Get many flows',
		shown: ['channelId', 'limit', 'options'],
		options: READ_OPTIONS,
		parameters: { limit: 1 },
		request: 'GET /flows?limit=1',
	},
	{
		operation: 'get',
		action: 'Get flow',
		shown: ['channelId', 'flowId', 'options'],
		options: { ...FIELD_NAMES, ...READ_OPTIONS },
		flowId: DRAFT,
		parameters: {},
		request: `GET /flows/${DRAFT}`,
	},
	{
		operation: 'preview',
		action: 'Preview flow',
		shown: ['channelId', 'flowId', 'refresh', 'options'],
		options: READ_OPTIONS,
		flowId: DRAFT,
		parameters: {},
		request: `GET /flows/${DRAFT}/preview`,
	},
	{
		operation: 'create',
		action: 'Create flow',
		shown: ['channelId', 'name', 'categories', 'additionalFields', 'options'],
		options: { ...FIELD_NAMES, ...WRITE_OPTIONS },
		parameters: { name: 'New', categories: ['OTHER'] },
		request: 'POST /flows',
	},
	{
		operation: 'upsert',
		action: 'Create or update flow',
		shown: ['upsertNotice', 'channelId', 'name', 'categories', 'inputType', 'flowJson', 'options'],
		options: { ...FIELD_NAMES, publish: false, ...WRITE_OPTIONS },
		parameters: { name: 'New', categories: ['OTHER'], flowJson: '{"version":"7.1","screens":[]}' },
		request: 'POST /flows',
	},
	{
		operation: 'update',
		action: 'Update flow',
		shown: ['channelId', 'flowId', 'updateFields', 'options'],
		options: { ...FIELD_NAMES, ...WRITE_OPTIONS },
		flowId: DRAFT,
		parameters: { updateFields: { name: 'Other' } },
		request: `PUT /flows/${DRAFT}`,
	},
	...STATUS_CHANGES,
];

export const FLOW_OPERATIONS = OPERATIONS.filter(({ flowId }) => flowId !== undefined);

/** Executes an operation with the parameters of its fixture, some of them replaced by `changes`. */
export const runOperation = async (
	{ operation, flowId, parameters }: OperationFixture,
	changes: IDataObject = {},
	options?: RunOptions,
): Promise<Result> =>
	flowId === undefined
		? await run(operation, { ...parameters, ...changes }, options)
		: await runOnFlow(operation, flowId, { ...parameters, ...changes }, options);
