/** Flow categories that every provider documents, in Meta's spelling. */
export const COMMON_CATEGORIES = [
	{ value: 'APPOINTMENT_BOOKING', name: 'Appointment Booking' },
	{ value: 'CONTACT_US', name: 'Contact Us' },
	{ value: 'CUSTOMER_SUPPORT', name: 'Customer Support' },
	{ value: 'LEAD_GENERATION', name: 'Lead Generation' },
	{ value: 'OTHER', name: 'Other' },
	{ value: 'SIGN_IN', name: 'Sign In' },
	{ value: 'SIGN_UP', name: 'Sign Up' },
	{ value: 'SURVEY', name: 'Survey' },
];
