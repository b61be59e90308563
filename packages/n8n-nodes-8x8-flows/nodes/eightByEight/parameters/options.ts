import type { INodeProperties } from 'n8n-workflow';
import type { OptionsChoice } from '../../shared/node/options';
import { optionsParameter } from '../../shared/node/options';

/** Creates the Options parameter, which every operation has. */
export const createOptionsParameter = (choice: Omit<OptionsChoice, 'service'>): INodeProperties =>
	optionsParameter({ service: '8x8', ...choice });
