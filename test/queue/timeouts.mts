/** Generous, because four n8n processes are slow on a machine that does other things, too. */
export const TIMEOUT = 900_000;
export const SOON = { timeout: 300_000, interval: 50 };
