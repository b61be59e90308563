import * as harness from '../../shared/node/options';

/**
 * The options that every operation has, and its own ones. Kaleyra names no limit for reads side by side;
 * Meta allows 200 management calls an hour to a WABA that is not yet in use.
 */
export const optionsParameter = (choice: Omit<harness.OptionsChoice, 'service'>) =>
	harness.optionsParameter({ service: 'Kaleyra', ...choice });
