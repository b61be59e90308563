import type { NodeApiError } from 'n8n-workflow';
import type { HttpRequest } from '../http/httpRequest';
import type { RequestOptions } from '../http/HttpClient';
import type { HttpResult } from '../http/httpResult';
import { getBackoff, getRetryDelay } from '../http/retry';
import type { ApiError } from './apiError';
import { redactSecrets, toNodeApiError } from './apiError';
import type { ApiSession } from './ApiSession';
import type { Download } from './download';
import { downloadFile } from './download';
import type { ErrorParser, ParseResult } from './responses';
import { createGetFailureCause, withDescription } from './responses';
import type { NonIdempotentWrite, WriteConfirmation } from './verifyWrite';

/** Base of a service's client. Its public methods throw NodeApiError, or CancelledError. */
export abstract class ApiClient<TSession extends ApiSession = ApiSession> {
	protected abstract readonly errorParser: ErrorParser;

	constructor(
		protected readonly session: TSession,
		private readonly requestOptions: RequestOptions,
	) {}

	protected async read(url: string, headers: Record<string, string> = {}): Promise<HttpResult> {
		const { readCache } = this.session;
		const read = async () => await this.send({ method: 'GET', url, headers, idempotent: true });
		const key = JSON.stringify([url, this.requestOptions]);
		return await (readCache ? readCache.get(key, read) : read());
	}

	/** Reads past the cache, to see the effect of a write. */
	protected async readUncached(url: string): Promise<HttpResult> {
		return await this.send({ method: 'GET', url, idempotent: true });
	}

	/** Downloads a file from another host, without the API key. */
	protected async download(file: Download): Promise<Buffer> {
		const { catalog } = this.errorParser;
		return this.unwrap(
			await downloadFile(this.session.fileClient, this.requestOptions, file, catalog),
		);
	}

	protected async send(
		request: HttpRequest,
		maxRetries = this.requestOptions.maxRetries,
	): Promise<HttpResult> {
		const options = { ...this.requestOptions, maxRetries };
		const getFailureCause = createGetFailureCause(this.errorParser);
		return await this.session.httpClient.send(request, options, getFailureCause);
	}

	/**
	 * Sends a non-idempotent write without ever repeating it blindly. After an indeterminate result it waits,
	 * reads back, and sends the write again only if it was certainly never applied (RFC 9110 §9.2.2).
	 */
	protected async sendNonIdempotent<TData>(
		write: NonIdempotentWrite<TData>,
	): Promise<WriteConfirmation<TData>> {
		const { maxRetries } = this.requestOptions;
		let indeterminate = false;
		for (let retries = maxRetries; ; retries--) {
			const result = await this.send(write.request, retries);
			const parsed = write.parse(result);
			if (parsed.applied) {
				return { by: 'response', data: parsed.data, afterIndeterminate: indeterminate };
			}
			const { error } = parsed;
			if (!parsed.indeterminate && !indeterminate) return await this.resolveRejection(write, error);
			indeterminate = true;
			retries -= result.retries ?? 0;
			const attempt = maxRetries - retries;
			const delay = getRetryDelay(result, attempt);
			await this.session.httpClient.wait(delay ?? getBackoff(attempt));
			const verified = await write.verify();
			if (!verified.ok) {
				const description = write.describeUnverified(verified.error.message);
				throw this.toError(withDescription(error, description));
			}
			const { applied, neverApplied, description } = verified.data;
			if (applied) return { by: 'verification' };
			// What was read may lag behind, so the error keeps the uncertainty.
			if (!parsed.indeterminate) {
				throw this.toError({ ...error, description: `${description} ${error.description}` });
			}
			const resend = retries > 0 && neverApplied && delay !== undefined;
			if (!resend) throw this.toError(withDescription(error, description));
		}
	}

	/**
	 * A write that another execution applied first is rejected, although the result is the wanted one.
	 *
	 * @throws {NodeApiError} if the service shows no such result
	 */
	private async resolveRejection<TData>(
		write: NonIdempotentWrite<TData>,
		error: ApiError,
	): Promise<WriteConfirmation<TData>> {
		const { cause } = error.failure ?? {};
		const aboutState = cause === undefined || cause === 'configuration-invalid';
		const fromService = error.recognized === true || error.code !== undefined;
		if (write.sharedOutcome && fromService && aboutState) {
			const verified = await write.verify();
			if (verified.ok && verified.data.applied) return { by: 'alreadyApplied' };
			const reason = verified.ok ? verified.data.rejectionReason : undefined;
			if (reason !== undefined) throw this.toError(withDescription(error, reason));
		}
		throw this.toError(error);
	}

	/** @throws {NodeApiError} if there is no data */
	protected unwrap<TData>(parsed: ParseResult<TData>): TData {
		if (parsed.ok) return parsed.data;
		throw this.toError(parsed.error);
	}

	protected toError(error: ApiError): NodeApiError {
		return toNodeApiError(this.session.context.getNode(), this.redact(error));
	}

	protected redact(error: ApiError): ApiError {
		return redactSecrets(error, this.session.account.secrets);
	}
}
