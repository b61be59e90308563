import { createCallbackHeaderTest } from '../shared/whatsappFlows/replyTrigger/callbackHeader';

/** The credential with the header that tells Kaleyra's callbacks from other requests. */

export const CALLBACK_CREDENTIAL = {
	type: 'kaleyraCallbackApi',
	labels: {
		credential: 'the Kaleyra callback credential',
		whereToFind:
			'Choose a long random text, and enter the same header in the callback profile at Kaleyra.',
	},
};

export const kaleyraCallbackApiTest = createCallbackHeaderTest(
	CALLBACK_CREDENTIAL.labels,
	'The header can be sent. Enter the same header at Kaleyra.',
);
