import type { INodeProperties } from 'n8n-workflow';
import type { GetParameter } from '../../shared/node/parameters';
import { parseBoolean } from '../../shared/node/parameters';

const FIELD = 'health_status';

/** n8n's usual option. Of Kaleyra's fields, only the health status is hard to read as it is. */
export const simplifyParameter: INodeProperties = {
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	// In the list, or in comma-separated text. An expression shows it too. In older n8n versions, the condition `includes`
	// fails for operations without Fields.
	displayOptions: { show: { fields: [FIELD, { _cnd: { regex: FIELD } }] } },
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** @throws {InvalidInputError} if it isn't a boolean */
export const parseSimplify = (getParameter: GetParameter) =>
	parseBoolean(getParameter('simple', true), 'Simplify');
