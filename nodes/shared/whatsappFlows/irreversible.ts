import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../errors';

/** What operations show that can't be undone. For Publish, see publish.ts. */

export const deprecateNotice: INodeProperties = {
	displayName: "Deprecating can't be undone: a deprecated flow can no longer be sent",
	name: 'deprecateNotice',
	type: 'notice',
	default: '',
};

export const deleteNotice: INodeProperties = {
	displayName: "Deleting can't be undone, and a published flow can't be deleted, only deprecated",
	name: 'deleteNotice',
	type: 'notice',
	default: '',
};

/** @throws {InvalidInputError} if the flow's status rules out deleting it. Unknown statuses are not in the way. */
export function assertDeletable(id: string, status: unknown): void {
	if (!['PUBLISHED', 'DEPRECATED', 'THROTTLED', 'BLOCKED'].includes(String(status))) return;
	throw new InvalidInputError(
		`Flow ${id} is ${String(status)} and was not deleted`,
		'Only a draft can be deleted. To retire a published flow, deprecate it.',
	);
}
