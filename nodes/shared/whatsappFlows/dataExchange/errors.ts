/** A request that isn't a Data Exchange request. WhatsApp doesn't send it. */
export class MalformedRequestError extends Error {}

/** A request that can't be decrypted with this private key. */
export class DecryptionError extends Error {}
