import type { INodeProperties } from 'n8n-workflow';
import { optionsParameter } from '../../shared/node/options';

/** Creates the Options parameter, which every operation has. */
export const createOptionsParameter = (options: {
	writes: boolean;
	operationOptions?: INodeProperties[];
}) => optionsParameter({ service: '8x8', ...options });
