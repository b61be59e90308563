import * as engine from '../../engine/options';

/**
 * The options that every operation has, and its own ones. Ten reads side by side stay below the 100
 * requests a minute that 8x8's guide names for an API key only where there are few; the rest is waited for.
 */
export const optionsField = (choice: Omit<engine.OptionsChoice, 'service'>) =>
	engine.optionsField({ service: '8x8', ...choice });
