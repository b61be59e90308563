import type { INodeProperties } from 'n8n-workflow';
import type { GetParameter } from '../../shared/node/parameters';
import { parseBoolean } from '../../shared/node/parameters';

/**
 * n8n's usual option. Of Kaleyra's fields, it changes only the health status. It's always shown: n8n also evaluates a
 * condition on a part of Fields in executions, with a time limit that a busy machine exceeds.
 */
export const simplifyParameter: INodeProperties = {
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** @throws {InvalidInputError} if it isn't a boolean */
export const parseSimplify = (getParameter: GetParameter) =>
	parseBoolean(getParameter('simple', true), 'Simplify');
