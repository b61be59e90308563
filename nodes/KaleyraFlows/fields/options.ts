import * as engine from '../../engine/options';

/**
 * The options that every operation has, and its own ones. Kaleyra names no limit for reads side by side;
 * Meta allows 200 management calls an hour to a WABA that is not yet in use.
 */
export const optionsField = (choice: Omit<engine.OptionsChoice, 'service'>) =>
	engine.optionsField({ service: 'Kaleyra', ...choice });
