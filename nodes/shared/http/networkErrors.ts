/** What is known about a failed request from Node's error code. */
export interface NetworkErrorInfo {
	/** What happened, for the user. */
	message: string;
	/** `unreachable`: check the host and the network. `interrupted`: try again. */
	kind: 'unreachable' | 'interrupted';
	/** Whether the same request may succeed if it's sent again. */
	transient: boolean;
	/** True if the code alone proves that no request was sent. */
	notSent: boolean;
}

const unreachable = (message: string, transient: boolean, notSent: boolean): NetworkErrorInfo => ({
	message,
	kind: 'unreachable',
	transient,
	notSent,
});

const interrupted = (message: string): NetworkErrorInfo => ({
	message,
	kind: 'interrupted',
	transient: true,
	notSent: false,
});

/** By Node's error code, or n8n's. Node.js: "Common system errors" and `dns` error codes. */
export const NETWORK_ERRORS: Record<string, NetworkErrorInfo> = {
	ECONNREFUSED: unreachable('Connection refused', true, true),
	ENOTFOUND: unreachable('Host not found', false, true),
	EAI_AGAIN: unreachable('Host name lookup failed', true, true),
	// These two can also come from a connection that was already in use.
	EHOSTUNREACH: unreachable('Host unreachable', true, false),
	ENETUNREACH: unreachable('Network unreachable', true, false),
	EPROTO: unreachable('TLS handshake failed', false, false),
	ECONNRESET: interrupted('Connection reset'),
	EPIPE: interrupted('Connection closed'),
	ERR_BAD_RESPONSE: interrupted('Incomplete response'),
	ERR_STREAM_PREMATURE_CLOSE: interrupted('Incomplete response'),
	ECONNABORTED: interrupted('Request timed out'),
	ETIMEDOUT: interrupted('Request timed out'),
};

/** A rejected certificate, a header that can't be sent, or n8n's SSRF protection: the request never left. */
const NOT_SENT_CODE = /CERT|UNABLE_TO_|ERR_INVALID|^SsrfBlocked/;

/** System calls that come before any byte of a request. */
const CONNECT_SYSCALLS = ['connect', 'getaddrinfo'];

/**
 * Whether a failed request may have reached the server.
 *
 * @param syscalls the system calls that failed, as far as Node.js names them
 */
export function mayHaveBeenSent(code: string, syscalls: string[]): boolean {
	if (NETWORK_ERRORS[code]?.notSent || NOT_SENT_CODE.test(code)) return false;
	const connecting = syscalls.every((syscall) => CONNECT_SYSCALLS.includes(syscall));
	return syscalls.length === 0 || !connecting;
}
