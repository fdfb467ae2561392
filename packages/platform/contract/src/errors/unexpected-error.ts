import { ERROR_BRAND, hasCodeOf } from './error-brand.js';

/**
 * What a caller gets for an error that the operation does not declare, over every binding alike. The message tells
 * nothing of the inside; `cause` is there in the same process only, for the log.
 */
export class UnexpectedError extends Error {
  static readonly code = 'unexpected';
  readonly code = UnexpectedError.code;
  /** The operation that failed, as in `catalog.getProduct`. */
  readonly operation: string | undefined;
  /** Where to look in the log: the W3C trace id of the call. */
  readonly traceId: string | undefined;

  constructor(details: { operation?: string | undefined; traceId?: string | undefined; cause?: unknown } = {}) {
    const what = `${details.operation ?? 'The operation'} failed unexpectedly.`;
    const where = details.traceId === undefined ? '' : ` The log has the reason under trace ${details.traceId}.`;
    super(what + where, 'cause' in details ? { cause: details.cause } : undefined);
    this.operation = details.operation;
    this.traceId = details.traceId;
    Object.defineProperty(this, 'name', { value: 'UnexpectedError', configurable: true, writable: true });
  }

  get [ERROR_BRAND](): 'unexpected' {
    return 'unexpected';
  }

  static override readonly [Symbol.hasInstance] = hasCodeOf;
}
