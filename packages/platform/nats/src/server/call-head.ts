import { type CallContext, type Cancellation, type Identity, newTraceparent } from '@macrolith/core';
import { constantLines, VERSION_LINE } from '../wire/header-block.js';
import { eachHeader, firstHeader } from '../wire/header-lines.js';
import { HEADER, PROTOCOL } from '../wire/header-names.js';
import { decodedValue } from '../wire/header-text.js';
import { CallRefused } from './call-refused.js';

type Draft = { -readonly [Field in keyof CallContext]: CallContext[Field] };

/** What the headers of a call say. */
export interface CallHead {
  /** As it came: whoever takes its word looks at it with `checkCaller` first. */
  readonly caller: string;
  /** The version of the contract that the caller was built with. */
  readonly contract: string | undefined;
  /** On whose behalf, to be verified. */
  readonly token: string | undefined;
  readonly context: CallContext;
}

const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const MOST_DIGITS = 9;
/** What a caller gets that does not say how much time it has. */
const DEFAULT_TIMEOUT_MS = 30_000;

/** What all calls of one caller begin with, as our own callers write it. */
interface Beginning {
  readonly text: string;
  readonly caller: string;
  readonly contract: string;
}

/** Of further callers every header is read. */
const MOST_BEGINNINGS = 8;

/** Reads the headers of calls. Three of them are the same in each call of a caller, so they are read once and recognised then. */
export class HeadReader {
  private readonly beginnings: Beginning[] = [];

  /**
   * Of several headers by one name the first counts.
   *
   * @param text as it stands on the wire
   * @param now in milliseconds since the epoch
   * @throws CallRefused with `protocol`
   */
  read(text: string, now: number, cancellation: Cancellation | undefined): CallHead {
    const known = this.beginnings.find((beginning) => text.startsWith(beginning.text));
    let protocol = known === undefined ? undefined : PROTOCOL;
    let caller = known?.caller;
    let contract = known?.contract;
    let token: string | undefined;
    let timeout: string | undefined;
    let traceparent: string | undefined;
    let tracestate: string | undefined;
    // Fields that are absent stay away: a context is copied many times.
    const draft: Draft = { traceparent: '', deadlineAt: 0 };
    eachHeader(text, known?.text.length ?? firstHeader(text), (name, value) => {
      switch (name) {
        case HEADER.protocol:
          protocol ??= value;
          break;
        case HEADER.caller:
          caller ??= value;
          break;
        case HEADER.contract:
          contract ??= value;
          break;
        case HEADER.timeoutMs:
          timeout ??= value;
          break;
        case HEADER.traceparent:
          traceparent ??= value;
          break;
        case HEADER.tracestate:
          tracestate ??= value;
          break;
        case HEADER.principal:
          token ??= value;
          break;
        case HEADER.idempotencyKey:
          setOnce(draft, 'idempotencyKey', name, value);
          break;
        case HEADER.tenant:
          setOnce(draft, 'tenant', name, value);
          break;
        case HEADER.locale:
          setOnce(draft, 'locale', name, value);
          break;
        case HEADER.correlationId:
          setOnce(draft, 'correlationId', name, value);
          break;
        case HEADER.messageId:
          setOnce(draft, 'messageId', name, value);
          break;
      }
    });
    if (protocol !== PROTOCOL) {
      throw new CallRefused(
        'protocol',
        `The header ${HEADER.protocol} is '${protocol ?? ''}'. This process speaks ${PROTOCOL}.`,
      );
    }
    if (known === undefined && caller !== undefined && contract !== undefined) this.remember(text, caller, contract);
    draft.deadlineAt = now + timeLeftMs(timeout);
    if (traceparent !== undefined && TRACEPARENT.test(traceparent)) {
      draft.traceparent = traceparent;
      if (tracestate) draft.tracestate = textOf(HEADER.tracestate, tracestate);
    } else {
      // It gets its own: an error that is not told has to be found in the log.
      draft.traceparent = newTraceparent();
    }
    if (cancellation !== undefined) draft.cancellation = cancellation;
    return { caller: caller ?? '', contract, token, context: draft };
  }

  private remember(text: string, caller: string, contract: string): void {
    if (this.beginnings.length === MOST_BEGINNINGS) return;
    const beginning = `${VERSION_LINE}${constantLines(caller, contract)}`;
    if (text.startsWith(beginning)) this.beginnings.push({ text: beginning, caller, contract });
  }
}

/** The context with what a token vouches for. A module that acts on its own account has no principal, over no binding. */
export function vouchedFor(context: CallContext, { principal, tenant }: Identity): CallContext {
  if (principal === undefined && tenant === undefined) return context;
  return { ...context, ...(principal !== undefined && { principal }), ...(tenant !== undefined && { tenant }) };
}

type TextField = 'idempotencyKey' | 'tenant' | 'locale' | 'correlationId' | 'messageId';

function setOnce(draft: Draft, field: TextField, name: string, value: string): void {
  if (value !== '') draft[field] ??= textOf(name, value);
}

function textOf(name: string, value: string): string {
  try {
    return decodedValue(value);
  } catch {
    throw new CallRefused('protocol', `The header ${name} is no percent-encoded UTF-8.`);
  }
}

function timeLeftMs(value: string | undefined): number {
  if (value === undefined) return DEFAULT_TIMEOUT_MS;
  let ms = 0;
  let digits = 0;
  for (; digits < value.length && digits <= MOST_DIGITS; digits += 1) {
    const digit = value.charCodeAt(digits) - ZERO;
    if (digit < 0 || digit > 9) break;
    ms = ms * 10 + digit;
  }
  if (digits === value.length && digits > 0 && digits <= MOST_DIGITS) return ms;
  throw new CallRefused('protocol', `The header ${HEADER.timeoutMs} is no whole number of milliseconds.`);
}

const ZERO = 0x30;

const CALLER = /^[a-z][a-z0-9-]{0,62}$/;

/** @throws CallRefused with `protocol` where `caller` names no module */
export function checkCaller(caller: string): void {
  if (CALLER.test(caller)) return;
  throw new CallRefused(
    'protocol',
    `The header ${HEADER.caller} names no module: lower-case letters, digits and hyphens.`,
  );
}
