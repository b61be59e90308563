import { createReplyTriggerParameters } from '../shared/whatsappFlows/replyTrigger/parameters';

export const replyTriggerParameters = createReplyTriggerParameters({
	provider: '8x8',
	urlNotice:
		'Enter the production URL in 8x8 Connect: Webhooks > a webhook for inbound Messaging Apps messages of the subaccount. If another system receives these messages, let that system forward the requests.',
	headerDescription: '8x8 sends a secret header, which you enter in the settings of its webhook',
	options: [],
});
