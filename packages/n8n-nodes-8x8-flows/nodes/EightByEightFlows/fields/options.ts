import * as engine from '../../engine/options';

/**
 * The options that every operation has, and its own ones. 8x8's guide names 100 requests a minute for an
 * API key; what is refused beyond them is waited for.
 */
export const optionsField = (choice: Omit<engine.OptionsChoice, 'service'>) =>
	engine.optionsField({ service: '8x8', ...choice });
