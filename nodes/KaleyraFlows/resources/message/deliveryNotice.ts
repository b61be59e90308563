import { createDeliveryNotice } from '../../../shared/whatsappFlows/messages/sendOutput';

export const deliveryNotice = createDeliveryNotice(
	'Kaleyra reports the delivery later, to the status callback of the number',
);
