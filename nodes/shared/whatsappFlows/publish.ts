import type { INodeProperties } from 'n8n-workflow';
import { formatError, InvalidInputError } from '../errors';
import type { ValidationError } from './validationErrors';
import { assertNoValidationErrors } from './validationErrors';

/** What every Publish operation shows and checks. */

export const publishNotice: INodeProperties = {
	displayName: 'A published flow can be deprecated, but not deleted',
	name: 'publishNotice',
	type: 'notice',
	default: '',
};

export const validateBeforePublishingOption: INodeProperties = {
	displayName: 'Validate Before Publishing',
	name: 'validateBeforePublishing',
	type: 'boolean',
	default: true,
	description:
		"Whether to check the flow's status and validation errors before publishing, and return its name and previous status. Requires one extra request.",
};

const PUBLISHED_UNHEALTHY =
	'The flow is already published, but its endpoint is unhealthy. Fix the endpoint; Meta then restores the flow.';

/** Statuses in which a flow can't be published, with how to go on. Unknown statuses are not in the way. */
const UNPUBLISHABLE_STATUSES = new Map([
	['DEPRECATED', "A deprecated flow can't be published. Clone it and publish the clone."],
	['BLOCKED', PUBLISHED_UNHEALTHY],
	['THROTTLED', PUBLISHED_UNHEALTHY],
]);

interface PublishableFlow {
	id: string;
	status?: unknown;
	validationErrors: ValidationError[];
}

/** @throws {InvalidInputError} if the flow's status or validation errors rule it out */
export function assertPublishable(flow: PublishableFlow): void {
	const status = String(flow.status);
	const description = UNPUBLISHABLE_STATUSES.get(status);
	if (description) {
		throw new InvalidInputError(
			`Flow ${flow.id} can't be published in status ${status}`,
			description,
		);
	}
	assertNoValidationErrors(flow.id, flow.validationErrors);
}

/** The same as text. @returns undefined if nothing rules it out */
export function describeUnpublishable(flow: PublishableFlow): string | undefined {
	try {
		assertPublishable(flow);
		return undefined;
	} catch (thrown) {
		return thrown instanceof InvalidInputError ? formatError(thrown) : undefined;
	}
}
