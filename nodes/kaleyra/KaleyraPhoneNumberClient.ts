import type { JsonObject } from 'n8n-workflow';
import { withDescription } from '../shared/api/responses';
import type { AcceptedMessage } from '../shared/whatsappFlows/messages/sendOutput';
import { KaleyraClient } from './KaleyraClient';
import { describeIndeterminateSend, parseSendResponse } from './messages';
import { encryptionPath, messagesPath } from './paths';
import { parseAcceptedResponse } from './responses';

/** The pages about a phone number: messages that it sends, and the public key of its endpoints. */
export class KaleyraPhoneNumberClient extends KaleyraClient {
	/** Set Encryption Public Key, in PEM. Idempotent. */
	async setPublicKey(phoneNumber: string, publicKey: string): Promise<void> {
		const result = parseAcceptedResponse(
			await this.send({
				method: 'POST',
				url: this.getUrl(encryptionPath(phoneNumber)),
				body: new URLSearchParams({ business_public_key: publicKey }),
				idempotent: true,
			}),
		);
		if (result.applied) return;
		const { error, indeterminate } = result;
		const description = "The key may have been set. It's safe to retry.";
		throw this.toError(indeterminate ? withDescription(error, description) : error);
	}

	/**
	 * Send Flow Messages, Send Flow Template Messages: the same endpoint.
	 *
	 * @param from the sender's phone number, with a leading +
	 * @param message in Meta's format
	 * @param references `ref`, `ref1`, and `ref2`, which the reply and the status updates contain
	 */
	async sendMessage(
		from: string,
		message: JsonObject,
		references: Record<string, string>,
	): Promise<AcceptedMessage> {
		const hasReferences = Object.keys(references).length > 0;
		const result = parseSendResponse(
			await this.send(
				this.createWrite('POST', messagesPath(from), {
					messaging_object: message,
					...(hasReferences && { extra_info: references }),
				}),
			),
		);
		if (result.applied) return result.data;
		const { error, indeterminate } = result;
		throw this.toError(indeterminate ? describeIndeterminateSend(error) : error);
	}
}
