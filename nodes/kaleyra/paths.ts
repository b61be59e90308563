import { encodePathSegment } from '../shared/http/url';

/** Paths below the base URL `https://<api_domain>/v2/<sid>`. */

/** GET: Get Flows by WABA ID. POST: Create Flow (path inferred). */
export const flowsPath = (wabaId: string) => `/whatsapp/${encodePathSegment(wabaId)}/flows`;

/** GET: Get Flow Details by Flow ID. POST: Update Flow Metadata. DELETE: Delete Flow. */
export const flowPath = (flowId: string) => `/whatsapp/${encodePathSegment(flowId)}`;

/** POST: Publish Flow. */
export const publishPath = (flowId: string) => `${flowPath(flowId)}/publish`;

/** POST: Deprecate Flow. */
export const deprecatePath = (flowId: string) => `${flowPath(flowId)}/deprecate`;

/** GET: Get Flow Assets by Flow ID. POST: Update Flow JSON. */
export const assetsPath = (flowId: string) => `${flowPath(flowId)}/assets`;

/** POST: Migrate Flow. Source first, unlike Meta's. */
export const migratePath = (sourceWabaId: string, destinationWabaId: string) =>
	`/whatsapp/${encodePathSegment(sourceWabaId)}/migrate_flows/${encodePathSegment(destinationWabaId)}`;

/** POST: Send Flow Messages, Send Flow Template Messages. The samples have a + before the number. */
export const messagesPath = (phoneNumber: string) =>
	`/whatsapp/${encodePathSegment(phoneNumber)}/messages`;
