import type { INodeProperties } from 'n8n-workflow';

/** What every Publish shows: that it is final, and the option to look first. */

export const finalNotice: INodeProperties = {
	displayName: 'Publishing cannot be undone: a published flow can be deprecated, but not deleted.',
	name: 'finalNotice',
	type: 'notice',
	default: '',
};

export const validateBeforePublishing: INodeProperties = {
	displayName: 'Validate Before Publishing',
	name: 'validateBeforePublishing',
	type: 'boolean',
	default: true,
	description:
		'Whether to read the flow before and stop if it has validation errors or cannot be published. Costs one request.',
};
