import type { FastifyInstance } from 'fastify';
import type { Section } from './servePage.mts';

export interface ChatMessage {
	channel: string;
	text: string;
	/** Milliseconds since 1970. */
	at: number;
}

const MAX_SHOWN = 100;

/** A chat with an incoming webhook for each channel, which accepts `{ "text": "…" }` as Slack's do. */
export class Chat implements Section {
	messages: ChatMessage[] = [];

	readonly actions = {
		clear: () => {
			this.messages = [];
			return true;
		},
	};

	getState(): ChatMessage[] {
		return this.messages.slice(-MAX_SHOWN);
	}

	serveWebhooks(server: FastifyInstance): void {
		server.post<{ Params: { channel: string } }>(
			'/chat/:channel',
			async ({ params, body }, reply) => {
				const text = parseText(String(body ?? ''));
				// Slack's error code.
				if (!text) return await reply.code(400).type('text/plain').send('no_text');
				this.messages.push({ channel: params.channel, text, at: Date.now() });
				return await reply.type('text/plain').send('ok');
			},
		);
	}
}

function parseText(body: string): string | undefined {
	try {
		const message: unknown = JSON.parse(body);
		if (typeof message !== 'object' || message === null || !('text' in message)) return undefined;
		return typeof message.text === 'string' ? message.text : undefined;
	} catch {
		return undefined;
	}
}
