import type { SentMessage } from '../messages.mts';
import type { Section } from '../page/servePage.mts';

/** What the phone needs to know about the provider. */
interface Source {
	messages: SentMessage[];
	findFlow(id: string): PhoneFlow | undefined;
	/** The public key that was set for a number of the account. */
	getPublicKey(phoneNumber: string): string | undefined;
	/** What the provider posts for the reply to a message, and for another message of the same customer. */
	createReply(message: SentMessage, fields: object): object;
	createTextMessage(message: SentMessage, text: string): object;
}

interface PhoneFlow {
	name: string;
	/** Flow JSON as text. */
	json: string;
	/** The JSON of the same flow if its endpoint returns the screens. */
	endpointJson: string;
	endpointUri: string | undefined;
}

/** A message of the customer, and what became of it. */
interface Delivery {
	/** The message that it replies to; undefined for a text. */
	messageId: string | undefined;
	text: string;
	/** HTTP status of n8n's response, or why there is none. */
	result: string;
	at: number;
}

interface ReplyRequest {
	messageId: string;
	fields: object;
	/** How often to post the same reply. */
	times?: number;
	/** Seconds to wait before. */
	delay?: number;
}

const MAX_SHOWN = 50;

/** The customer's phone: shows the messages, and posts replies to the Incoming URL as the provider would. */
export class Phone implements Section {
	/** On loopback. */
	incomingUrl = '';
	deliveries: Delivery[] = [];
	private readonly source: Source;

	constructor(source: Source) {
		this.source = source;
	}

	readonly actions = {
		setIncomingUrl: (url: string) => {
			if (url !== '' && !isLoopback(url)) return false;
			this.incomingUrl = url;
			return true;
		},
		reply: (body: string) => {
			const { messageId, fields, times = 1, delay = 0 } = JSON.parse(body) as ReplyRequest;
			const message = this.source.messages.find(({ id }) => id === messageId);
			if (!message || this.incomingUrl === '') return false;
			const payload = this.source.createReply(message, fields);
			const deliverAll = async () => {
				await new Promise((resolve) => setTimeout(resolve, delay * 1000));
				for (let time = 0; time < times; time++) {
					await this.deliver(payload, messageId, JSON.stringify(fields));
				}
			};
			void deliverAll();
			return true;
		},
		sendText: (text: string) => {
			const message = this.source.messages.at(-1);
			if (!message || this.incomingUrl === '') return false;
			void this.deliver(this.source.createTextMessage(message, text), undefined, text);
			return true;
		},
		clear: () => {
			this.source.messages.length = 0;
			this.deliveries = [];
			return true;
		},
	};

	getState() {
		return {
			incomingUrl: this.incomingUrl,
			messages: this.source.messages.slice(-MAX_SHOWN).map((message) => ({
				...message,
				flow: this.source.findFlow(message.flowId ?? ''),
				publicKey: this.source.getPublicKey(message.from),
			})),
			deliveries: this.deliveries.slice(-MAX_SHOWN),
		};
	}

	private async deliver(payload: object, messageId: string | undefined, text: string) {
		const delivery: Delivery = { messageId, text, result: 'sending', at: Date.now() };
		this.deliveries.push(delivery);
		delivery.result = await fetch(this.incomingUrl, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(payload),
		}).then(
			({ status }) => String(status),
			() => 'n8n did not respond',
		);
	}
}

function isLoopback(url: string): boolean {
	const parsed = URL.parse(url);
	return (
		parsed?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname)
	);
}
