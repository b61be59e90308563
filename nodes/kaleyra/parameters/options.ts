import type { INodeProperties } from 'n8n-workflow';
import * as shared from '../../shared/node/options';

/**
 * The options of every operation, and its own ones. Kaleyra documents no limit on concurrent reads; Meta
 * allows 200 management calls per hour for an inactive WABA (from third-party sources).
 */
export const optionsParameter = (options: {
	writes: boolean;
	operationOptions?: INodeProperties[];
}) => shared.optionsParameter({ service: 'Kaleyra', ...options });
