/** The version of the protocol that docs/wire.md describes. */
export const PROTOCOL = '1';

/** Names of headers, as they are written: NATS tells upper from lower case. */
export const HEADER = {
  protocol: 'Macrolith-Protocol',
  /** The module that calls. */
  caller: 'Macrolith-Caller',
  /** The version of the provider's contract that the caller was built with. */
  contract: 'Macrolith-Contract',
  /** How much of the caller's time is left, in milliseconds. */
  timeoutMs: 'Macrolith-Timeout-Ms',
  idempotencyKey: 'Idempotency-Key',
  traceparent: 'traceparent',
  tracestate: 'tracestate',
  principal: 'Macrolith-Principal',
  tenant: 'Macrolith-Tenant',
  locale: 'Macrolith-Locale',
  correlationId: 'Macrolith-Correlation-Id',
  /** Of a task: the same at every delivery. */
  messageId: 'Macrolith-Message-Id',
  /** Of an answer that is no result. */
  status: 'Macrolith-Status',
  /** Of an answer to a task that failed: how its module wants it to be repeated, in JSON. */
  retry: 'Macrolith-Retry',
  /** Of an answer that is no result, for whoever counts errors by the service API of NATS. */
  serviceError: 'Nats-Service-Error',
  serviceErrorCode: 'Nats-Service-Error-Code',
} as const;

/**
 * What an answer is that is no result. A result has no header.
 * - `error`: an error that the contract declares.
 * - `failed`: any other error. It tells a trace id, and nothing else.
 * - `refused`: the platform says why the operation did not answer.
 */
export type FailureStatus = 'error' | 'failed' | 'refused';
