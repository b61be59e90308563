import { optionsParameter } from '../../../kaleyra/parameters/options';
import { fromParameter, parseFrom } from '../../../kaleyra/parameters/phoneNumbers';
import {
	getFingerprint,
	getPublicKeyPem,
} from '../../../shared/whatsappFlows/dataExchange/privateKey';
import type { EndpointOperation } from './EndpointClient';

/** Set Encryption Public Key: POST /v2/<sid>/whatsapp/<phone_number>/flows_encryption. */
export const setPublicKey: EndpointOperation = {
	name: 'Set Public Key',
	value: 'setPublicKey',
	action: 'Set the public key of a phone number',
	description:
		"Register the public key of the endpoint credential for a phone number, so that WhatsApp encrypts this number's requests with it",
	writes: true,
	parameters: [fromParameter, optionsParameter({ writes: true })],
	async execute({ client, getParameter }) {
		const kaleyra = await client.openKaleyraClient();
		const phoneNumber = parseFrom(getParameter('from', ''), kaleyra.defaultPhoneNumber);
		await kaleyra.setPublicKey(phoneNumber, getPublicKeyPem(client.privateKey));
		return [
			{ success: true, phone_number: phoneNumber, fingerprint: getFingerprint(client.privateKey) },
		];
	},
};
