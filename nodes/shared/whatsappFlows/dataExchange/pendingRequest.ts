import { InvalidInputError } from '../../errors';
import { isObject } from '../../http/json';

/** A request that waits for its response, read back from the item that the trigger emitted. */
export interface PendingRequest {
	screen: string;
	flowToken: string | undefined;
	/** In milliseconds since 1970. */
	receivedAt: number;
	encryptedAesKey: string;
	initialVector: string;
}

/** @throws {InvalidInputError} if the item isn't a request that waits for a response */
export function parsePendingRequest(item: unknown): PendingRequest {
	const {
		screen,
		flow_token: flowToken,
		received_at: receivedAt,
		encryption,
	} = isObject(item) ? item : {};
	const { encrypted_aes_key: encryptedAesKey, initial_vector: initialVector } = isObject(encryption)
		? encryption
		: {};
	if (typeof encryptedAesKey !== 'string' || typeof initialVector !== 'string') {
		throw new InvalidInputError(
			'This request needs no response',
			'Client errors are acknowledged by the trigger. Respond only to INIT, data_exchange, and BACK.',
		);
	}
	return {
		screen: typeof screen === 'string' ? screen : '',
		flowToken: typeof flowToken === 'string' ? flowToken : undefined,
		receivedAt: Date.parse(String(receivedAt)),
		encryptedAesKey,
		initialVector,
	};
}
