import * as harness from '../../shared/node/options';

/**
 * The options that every operation has, and its own ones. 8x8's guide names 100 requests a minute for an
 * API key; what is refused beyond them is waited for.
 */
export const optionsParameter = (choice: Omit<harness.OptionsChoice, 'service'>) =>
	harness.optionsParameter({ service: '8x8', ...choice });
