import type { INodeProperties } from 'n8n-workflow';

/** For operations that edit a flow. Source: Publish Flow; Get Flows says otherwise. */
export const draftNotice: INodeProperties = {
	displayName:
		'Updating a published flow returns it to draft. Publish it again before you send it to customers. Kaleyra\'s pages <a href="https://github.com/n8n-nodes-kaleyra-flows/n8n-nodes-kaleyra-flows/blob/main/docs/api-assumptions.md#kaleyra-conflicts-between-pages">differ on whether a published flow can be updated</a>.',
	name: 'draftNotice',
	type: 'notice',
	default: '',
};
