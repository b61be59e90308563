import { createDeliveryNotice } from '../../../shared/whatsappFlows/messages/sendOutput';

export const deliveryNotice = createDeliveryNotice(
	'8x8 reports the delivery later, to the webhook for delivery receipts',
);
