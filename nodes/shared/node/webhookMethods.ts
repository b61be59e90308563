import type { INodeType } from 'n8n-workflow';

/** For webhooks that n8n doesn't register at the provider. n8n's linter requires the methods. */
export const noRegistration = {
	default: {
		checkExists: async () => await Promise.resolve(true),
		create: async () => await Promise.resolve(true),
		delete: async () => await Promise.resolve(true),
	},
} satisfies INodeType['webhookMethods'];
