import { COMMON_CATEGORIES } from '../shared/whatsappFlows/categories';

/** Values that 8x8 documents. The node passes through statuses and categories that it doesn't know. */

/** Regions and their hosts. Source: `servers` in 8x8's OpenAPI description of the Chat Apps API. */
export const REGIONS = {
	apac: { name: 'Asia Pacific', host: 'chatapps.8x8.com' },
	us: { name: 'North America', host: 'chatapps.us.8x8.com' },
	eu: { name: 'Europe', host: 'chatapps.8x8.uk' },
	id: { name: 'Indonesia', host: 'chatapps.8x8.id' },
} as const;

/** Source: Create WhatsApp Flow, possible values of `categories`. There is no SHOPPING. */
export const CATEGORIES = COMMON_CATEGORIES;

/** Maximum `limit` of Get WhatsApp Flows, which has no pagination. */
export const MAX_LIST_LIMIT = 1_000;
