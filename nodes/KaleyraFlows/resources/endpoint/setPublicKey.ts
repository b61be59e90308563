import type { INodeProperties } from 'n8n-workflow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import {
	getFingerprint,
	getPublicKeyPem,
} from '../../../shared/whatsappFlows/dataExchange/privateKey';
import { parsePhoneNumber } from '../../../shared/whatsappFlows/phoneNumber';
import type { EndpointOperation } from './EndpointClient';

const fromParameter: INodeProperties = {
	displayName: 'From',
	name: 'from',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. +919876543210',
	description: 'The WhatsApp phone number that sends the flows, with its country code',
};

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
		const phoneNumber = parsePhoneNumber(getParameter('from', ''), "'From'");
		const kaleyra = await client.openKaleyraClient();
		await kaleyra.setPublicKey(phoneNumber, getPublicKeyPem(client.privateKey));
		return [
			{ success: true, phone_number: phoneNumber, fingerprint: getFingerprint(client.privateKey) },
		];
	},
};
