import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** A section of the page. The file of the same name in this folder, such as `chat.js`, renders it. */
export interface Section {
	/** What the section shows; sent as JSON. */
	getState(): unknown;
	/**
	 * What its buttons do, by name.
	 *
	 * @param body the body of the request as text, such as a flow ID
	 * @returns false if the action isn't possible now
	 */
	actions?: Record<string, (body: string) => boolean>;
}

const CONTENT_TYPES: Record<string, string> = {
	html: 'text/html',
	css: 'text/css',
	js: 'text/javascript',
	mjs: 'text/javascript',
};

/** The phone calls the endpoints of flows. */
const CONTENT_SECURITY_POLICY = [
	"default-src 'self'",
	'img-src data:',
	"connect-src 'self' http://localhost:* http://127.0.0.1:*",
].join('; ');

/** Serves the page of a mock API. Its requests are not recorded. */
export function servePage(
	server: FastifyInstance,
	title: string,
	sections: Record<string, Section>,
): void {
	server.get('/', async (_request, reply) => await sendFile(reply, 'page.html'));

	server.get<{ Params: { file: string } }>(
		'/__page/:file',
		async ({ params }, reply) => await sendFile(reply, params.file),
	);

	server.get('/__page/state', async () => ({
		title,
		sections: Object.fromEntries(
			Object.entries(sections).map(([name, section]) => [name, section.getState()]),
		),
	}));

	server.post<{ Params: { section: string; action: string } }>(
		'/__page/:section/:action',
		async ({ params, body }, reply) => {
			const actions = sections[params.section]?.actions ?? {};
			const act = Object.hasOwn(actions, params.action) ? actions[params.action] : undefined;
			if (!act) return await reply.code(404).send();
			return await reply.code(act(String(body ?? '')) ? 204 : 409).send();
		},
	);
}

async function sendFile(reply: FastifyReply, file: string): Promise<FastifyReply> {
	const extension = /^[a-z]+\.(html|css|m?js)$/i.exec(file)?.[1];
	const content =
		extension && (await readFile(new URL(file, import.meta.url)).catch(() => undefined));
	if (!extension || !content) return await reply.code(404).send();
	return await reply
		.header('cache-control', 'no-store')
		// The page connects to this machine only.
		.header('content-security-policy', CONTENT_SECURITY_POLICY)
		.type(`${CONTENT_TYPES[extension]}; charset=utf-8`)
		.send(content);
}
