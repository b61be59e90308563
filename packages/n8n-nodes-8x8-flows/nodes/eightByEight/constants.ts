/** 8x8's own words. A new status or category is let through everywhere. */

/** Regions and their hosts. Source: `servers` of 8x8's OpenAPI description of Chat Apps. */
export const REGIONS = {
	apac: { name: 'Asia Pacific', host: 'chatapps.8x8.com' },
	us: { name: 'North America', host: 'chatapps.us.8x8.com' },
	eu: { name: 'Europe', host: 'chatapps.8x8.uk' },
	id: { name: 'Indonesia', host: 'chatapps.8x8.id' },
} as const;

/** Source: Create WhatsApp Flow, possible values of `categories`. There is no SHOPPING. */
export const CATEGORIES = [
	{ value: 'APPOINTMENT_BOOKING', name: 'Appointment Booking' },
	{ value: 'CONTACT_US', name: 'Contact Us' },
	{ value: 'CUSTOMER_SUPPORT', name: 'Customer Support' },
	{ value: 'LEAD_GENERATION', name: 'Lead Generation' },
	{ value: 'OTHER', name: 'Other' },
	{ value: 'SIGN_IN', name: 'Sign In' },
	{ value: 'SIGN_UP', name: 'Sign Up' },
	{ value: 'SURVEY', name: 'Survey' },
];

/** The most flows that a list gives; there is no next page. Source: Get WhatsApp Flows, `limit`. */
export const MAX_LIST_LIMIT = 1_000;
