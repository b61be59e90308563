import type { JsonObject } from 'n8n-workflow';
import {
	ADDRESS_MESSAGE,
	createEnvelope,
	createMessage,
	createMetaPayload,
	createNfmReply,
	createValue,
	RESPONSE_JSON,
	TEXT_MESSAGE,
} from '../../unit/messages/replies.mts';

/** A request as Kaleyra may send it, with what is expected of the trigger. */
export interface Callback {
	title: string;
	method?: 'GET' | 'POST';
	query?: string;
	/** Sent as it is if it's text. */
	body?: unknown;
	contentType?: string;
	status: number;
	/** The message IDs of the items. */
	items: string[];
}

const reply = (id: string) => createMessage({ id });
const nfm = (id: string, nfmReply: JsonObject) => ({ ...createNfmReply(nfmReply), id });
const statuses = (status: string) => ({
	meta_object: {
		value: { statuses: [{ id: 'a1b2', status, recipient_id: '919876543210' }] },
		field: 'messages',
	},
	extra_info: { message_id: 'wamid.SENT', ref: '' },
	status,
	message_id: 'wamid.SENT',
});
/** Five megabytes. */
const LARGE = JSON.stringify({ text: 'x'.repeat(5 * 1024 * 1024) });

/** Every message ID is used once, unless a title says otherwise. */
export const CALLBACKS: Callback[] = [
	{ title: 'V2 envelope', body: createEnvelope([reply('v2')]), status: 200, items: ['v2'] },
	{ title: 'the same message again', body: createEnvelope([reply('v2')]), status: 200, items: [] },
	{
		title: 'Meta envelope',
		body: createMetaPayload([reply('meta')]),
		status: 200,
		items: ['meta'],
	},
	{ title: 'no envelope', body: createValue([reply('bare')]), status: 200, items: ['bare'] },
	{
		title: 'Meta envelope in a V2 envelope',
		body: { meta_object: createMetaPayload([reply('nested')]), extra_info: {} },
		status: 200,
		items: ['nested'],
	},
	{
		title: 'list of envelopes',
		body: [createEnvelope([reply('list-1')]), createMetaPayload([reply('list-2')])],
		status: 200,
		items: ['list-1', 'list-2'],
	},
	{
		title: 'several messages in one envelope',
		body: createEnvelope([reply('many-1'), TEXT_MESSAGE, reply('many-2')]),
		status: 200,
		items: ['many-1', 'many-2'],
	},
	{
		title: 'the same message twice in one envelope',
		body: createEnvelope([reply('twice'), reply('twice')]),
		status: 200,
		items: ['twice'],
	},
	{ title: 'text message', body: createEnvelope([TEXT_MESSAGE]), status: 200, items: [] },
	{ title: 'address message', body: createEnvelope([ADDRESS_MESSAGE]), status: 200, items: [] },
	{
		title: 'list reply',
		body: createEnvelope([
			createMessage({
				id: 'list-reply',
				interactive: { type: 'list_reply', list_reply: { id: '1', title: 'One' } },
			}),
		]),
		status: 200,
		items: [],
	},
	{ title: 'status sent', body: statuses('sent'), status: 200, items: [] },
	{ title: 'status read', body: statuses('read'), status: 200, items: [] },
	{
		title: '"not sent" body',
		body: { code: 'WAV2101', status: 'not sent', reason: 'Daily limit', message_id: 'x' },
		status: 200,
		items: [],
	},
	{
		title: 'quality GET',
		method: 'GET',
		query: '?display_phone_number=919800000000&event=FLAGGED&current_limit=TIER_10K',
		status: 200,
		items: [],
	},
	{ title: 'GET without a query', method: 'GET', status: 200, items: [] },
	{ title: 'empty object', body: {}, status: 200, items: [] },
	{ title: 'empty list', body: [], status: 200, items: [] },
	{ title: 'no body', status: 200, items: [] },
	{
		title: 'fields that are broken JSON',
		body: createEnvelope([nfm('broken-fields', { name: 'flow', response_json: '{"a":' })]),
		status: 200,
		items: ['broken-fields'],
	},
	{
		title: 'fields that are an object',
		body: createEnvelope([nfm('object-fields', { name: 'flow', response_json: { a: 1 } })]),
		status: 200,
		items: ['object-fields'],
	},
	{
		title: 'no name',
		body: createEnvelope([nfm('no-name', { response_json: RESPONSE_JSON })]),
		status: 200,
		items: ['no-name'],
	},
	{
		title: 'V2 envelope as text/plain',
		body: JSON.stringify(createEnvelope([reply('text-plain')])),
		contentType: 'text/plain',
		status: 200,
		items: ['text-plain'],
	},
	{
		title: 'a content type that n8n does not read',
		body: JSON.stringify(createEnvelope([reply('octet-stream')])),
		contentType: 'application/octet-stream',
		status: 200,
		items: ['octet-stream'],
	},
	{
		title: 'five megabytes',
		body: createEnvelope([nfm('large', { name: 'flow', response_json: LARGE })]),
		status: 200,
		items: ['large'],
	},
	{
		title: 'broken JSON as text/plain',
		body: '{"meta_object":',
		contentType: 'text/plain',
		status: 200,
		items: [],
	},
	// n8n rejects it before it reaches any node.
	{ title: 'broken JSON', body: '{"meta_object":', status: 422, items: [] },
];
