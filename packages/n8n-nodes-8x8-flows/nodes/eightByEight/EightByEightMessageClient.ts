import type { JsonObject } from 'n8n-workflow';
import type { AcceptedMessage } from '../shared/whatsappFlows/messages/sendOutput';
import { EightByEightClient, JSON_CONTENT_TYPE } from './EightByEightClient';
import { describeIndeterminateSend, parseSendResponse } from './messages';
import { messagesPath } from './paths';

/** The pages about a subaccount, which sends messages. */
export class EightByEightMessageClient extends EightByEightClient {
	/** The credential's subaccount; empty if it has none. */
	get defaultSubaccountId(): string {
		return this.session.account.subaccountId;
	}

	/** Send message. Never sent again after an indeterminate result. */
	async sendMessage(subaccountId: string, message: JsonObject): Promise<AcceptedMessage> {
		const result = parseSendResponse(
			await this.send({
				method: 'POST',
				url: `${this.session.account.subaccountsUrl}${messagesPath(subaccountId)}`,
				headers: JSON_CONTENT_TYPE,
				body: message,
				idempotent: false,
			}),
		);
		if (result.applied) return result.data;
		const { error, indeterminate } = result;
		throw this.toError(indeterminate ? describeIndeterminateSend(error) : error);
	}
}
