import { type CallContext, type Cancellation, type Identity, newTraceparent } from '@macrolith/core';
import { HEADER, PROTOCOL } from '../wire/header-names.js';
import { decodedValue } from '../wire/header-text.js';
import { CallRefused } from './call-refused.js';

type Headers = ReadonlyMap<string, string>;
type Draft = { -readonly [Field in keyof CallContext]: CallContext[Field] };

/** What a context takes from headers as it is. */
const AS_THEY_ARE = [
  ['idempotencyKey', HEADER.idempotencyKey],
  ['tenant', HEADER.tenant],
  ['locale', HEADER.locale],
  ['correlationId', HEADER.correlationId],
  ['messageId', HEADER.messageId],
] as const satisfies readonly (readonly [keyof CallContext, string])[];

/** What the headers of a call say. */
export interface CallHead {
  /** As it came: whoever takes its word looks at it with `checkCaller` first. */
  readonly caller: string;
  /** The version of the contract that the caller was built with. */
  readonly contract: string | undefined;
  readonly context: CallContext;
}

const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
/** What a caller gets that does not say how much time it has. */
const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Reads the headers of a call.
 *
 * @throws CallRefused with `protocol`
 */
export function readHead(headers: Headers, now: number, cancellation: Cancellation | undefined): CallHead {
  const protocol = headers.get(HEADER.protocol);
  if (protocol !== PROTOCOL) {
    throw new CallRefused(
      'protocol',
      `The header ${HEADER.protocol} is '${protocol ?? ''}'. This process speaks ${PROTOCOL}.`,
    );
  }
  const caller = headers.get(HEADER.caller) ?? '';
  return { caller, contract: headers.get(HEADER.contract), context: contextOf(headers, now, cancellation) };
}

/** Fields that are absent stay away: a context is copied many times. */
function contextOf(headers: Headers, now: number, cancellation: Cancellation | undefined): Draft {
  const traceparent = callersTraceparent(headers);
  // Without one it gets its own: an error that is not told has to be found in the log.
  const draft: Draft = { traceparent: traceparent ?? newTraceparent(), deadlineAt: now + timeLeftMs(headers) };
  for (const [field, header] of AS_THEY_ARE) {
    const value = text(headers, header);
    if (value !== undefined) draft[field] = value;
  }
  const tracestate = traceparent === undefined ? undefined : text(headers, HEADER.tracestate);
  if (tracestate !== undefined) draft.tracestate = tracestate;
  if (cancellation !== undefined) draft.cancellation = cancellation;
  return draft;
}

/** The context with what a token vouches for. A module that acts on its own account has no principal, over no binding. */
export function vouchedFor(context: CallContext, { principal, tenant }: Identity): CallContext {
  if (principal === undefined && tenant === undefined) return context;
  return { ...context, ...(principal !== undefined && { principal }), ...(tenant !== undefined && { tenant }) };
}

function text(headers: Headers, name: string): string | undefined {
  const value = headers.get(name);
  if (value === undefined || value === '') return undefined;
  try {
    return decodedValue(value);
  } catch {
    throw new CallRefused('protocol', `The header ${name} is no percent-encoded UTF-8.`);
  }
}

function timeLeftMs(headers: Headers): number {
  const value = headers.get(HEADER.timeoutMs);
  if (value === undefined) return DEFAULT_TIMEOUT_MS;
  if (!/^[0-9]{1,9}$/.test(value)) {
    throw new CallRefused('protocol', `The header ${HEADER.timeoutMs} is no whole number of milliseconds.`);
  }
  return Number(value);
}

function callersTraceparent(headers: Headers): string | undefined {
  const value = headers.get(HEADER.traceparent);
  return value !== undefined && TRACEPARENT.test(value) ? value : undefined;
}

const CALLER = /^[a-z][a-z0-9-]{0,62}$/;

/** @throws CallRefused with `protocol` where `caller` names no module */
export function checkCaller(caller: string): void {
  if (CALLER.test(caller)) return;
  throw new CallRefused(
    'protocol',
    `The header ${HEADER.caller} names no module: lower-case letters, digits and hyphens.`,
  );
}
