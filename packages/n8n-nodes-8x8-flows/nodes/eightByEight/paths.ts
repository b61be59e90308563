import { encodePathSegment } from '../shared/http/url';

/** GET: Get WhatsApp Flows. POST: Create WhatsApp Flow. */
export const flowsPath = (channelId: string) => `/channels/${encodePathSegment(channelId)}/flows`;

/** GET: Get WhatsApp Flow details. PUT: Update WhatsApp Flow. DELETE: Delete WhatsApp Flow. */
export const flowPath = (channelId: string, flowId: string) =>
	`${flowsPath(channelId)}/${encodePathSegment(flowId)}`;

/** GET: Get WhatsApp Flow preview. */
export const previewPath = (channelId: string, flowId: string) =>
	`${flowPath(channelId, flowId)}/preview`;

/** POST: Send message. Below the subaccounts, not the account. */
export const messagesPath = (subaccountId: string) =>
	`/${encodePathSegment(subaccountId)}/messages`;
