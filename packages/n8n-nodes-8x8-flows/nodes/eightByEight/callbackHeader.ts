import { createCallbackHeaderTest } from '../shared/whatsappFlows/replyTrigger/callbackHeader';

/** The credential with the header that tells 8x8's webhook requests from others. */

export const CALLBACK_CREDENTIAL = {
	type: 'eightByEightCallbackApi',
	labels: {
		credential: 'the 8x8 callback credential',
		whereToFind:
			'Choose a long random text, and enter the same header in the webhook settings at 8x8.',
	},
};

export const eightByEightCallbackApiTest = createCallbackHeaderTest(
	CALLBACK_CREDENTIAL.labels,
	'The header can be sent. Enter the same header at 8x8.',
);
