import type { OperationKind } from '@macrolith/contract';
import { type CallContext, type Cancellation, type Identity, newTraceparent } from '@macrolith/core';
import { constantLines, eachHeader, firstHeader, VERSION_LINE } from '../wire/header-lines.js';
import { HEADER, PROTOCOL } from '../wire/header-names.js';
import { decodedValue } from '../wire/header-text.js';
import { CallRefused } from './call-refused.js';

type Draft = { -readonly [Field in keyof CallContext]: CallContext[Field] };

type TextField = 'idempotencyKey' | 'tenant' | 'locale' | 'correlationId' | 'messageId';

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
const MILLISECONDS = /^[0-9]{1,9}$/;
/** RFC 9562, of any version. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What a caller gets that does not say how much time it has. */
const DEFAULT_TIMEOUT_MS = 30_000;
/** Most characters of what names a wish or a tenant: both have to fit into an index of the provider's database. */
const MOST_OF_A_NAME = 255;

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

  /** @param kind of the operation that is called */
  constructor(private readonly kind: OperationKind) {}

  /**
   * Of several headers by one name the first counts.
   *
   * @param text as it stands on the wire
   * @param now in milliseconds since the epoch
   * @throws CallRefused with `protocol`
   */
  read(text: string, now: number, cancellation: Cancellation | undefined): CallHead {
    const known = this.beginnings.find((beginning) => text.startsWith(beginning.text));
    const said = new Said(this.kind, known);
    eachHeader(text, known?.text.length ?? firstHeader(text), (name, value) => said.take(name, value));
    const { protocol, caller, contract, token } = said;
    if (protocol !== PROTOCOL) {
      throw new CallRefused(
        'protocol',
        `The header ${HEADER.protocol} is '${protocol ?? ''}'. This process speaks ${PROTOCOL}.`,
      );
    }
    if (known === undefined && caller !== undefined && contract !== undefined) this.remember(text, caller, contract);
    return { caller: caller ?? '', contract, token, context: said.contextAt(now, cancellation) };
  }

  private remember(text: string, caller: string, contract: string): void {
    if (this.beginnings.length === MOST_BEGINNINGS) return;
    const beginning = `${VERSION_LINE}${constantLines(caller, contract)}`;
    if (text.startsWith(beginning)) this.beginnings.push({ text: beginning, caller, contract });
  }
}

/** What the headers have said so far. Of several by one name the first counts. */
class Said {
  protocol: string | undefined;
  caller: string | undefined;
  contract: string | undefined;
  token: string | undefined;
  private timeout: string | undefined;
  private traceparent: string | undefined;
  private tracestate: string | undefined;
  /** Fields that are absent stay away: a context is copied many times. */
  private readonly context: Draft = { traceparent: '', deadlineAt: 0 };

  constructor(
    private readonly kind: OperationKind,
    known: Beginning | undefined,
  ) {
    this.protocol = known && PROTOCOL;
    this.caller = known?.caller;
    this.contract = known?.contract;
  }

  take(name: string, value: string): void {
    switch (name) {
      case HEADER.protocol:
        this.protocol ??= value;
        break;
      case HEADER.caller:
        this.caller ??= value;
        break;
      case HEADER.contract:
        this.contract ??= value;
        break;
      case HEADER.principal:
        this.token ??= value;
        break;
      case HEADER.timeoutMs:
        this.timeout ??= value;
        break;
      case HEADER.traceparent:
        this.traceparent ??= value;
        break;
      case HEADER.tracestate:
        this.tracestate ??= value;
        break;
      case HEADER.idempotencyKey:
        // It names the wish of a command. Nothing else has one, nor hands one on to the commands that it calls.
        if (this.kind === 'command') this.takeText('idempotencyKey', name, value, nameOf);
        break;
      case HEADER.tenant:
        this.takeText('tenant', name, value, nameOf);
        break;
      case HEADER.locale:
        this.takeText('locale', name, value);
        break;
      case HEADER.correlationId:
        this.takeText('correlationId', name, value);
        break;
      case HEADER.messageId:
        this.takeText('messageId', name, value, uuidOf);
        break;
    }
  }

  /** @param now in milliseconds since the epoch */
  contextAt(now: number, cancellation: Cancellation | undefined): CallContext {
    const { context, traceparent, tracestate } = this;
    this.checkWhatMakesItActOnce();
    context.deadlineAt = now + timeLeftMs(this.timeout);
    if (traceparent !== undefined && TRACEPARENT.test(traceparent)) {
      context.traceparent = traceparent;
      if (tracestate) context.tracestate = textOf(HEADER.tracestate, tracestate);
    } else {
      // It gets its own: an error that is not told has to be found in the log.
      context.traceparent = newTraceparent();
    }
    if (cancellation !== undefined) context.cancellation = cancellation;
    return context;
  }

  private takeText(field: TextField, name: string, value: string, read = textOf): void {
    if (value !== '') this.context[field] ??= read(name, value);
  }

  private checkWhatMakesItActOnce(): void {
    const { kind, context } = this;
    if (kind === 'command' && context.idempotencyKey === undefined) throw MISSING_KEY;
    if (kind === 'task' && context.messageId === undefined) throw MISSING_MESSAGE_ID;
  }
}

const MISSING_KEY = new CallRefused(
  'protocol',
  `A command needs the header ${HEADER.idempotencyKey}, 1 to ${MOST_OF_A_NAME} characters that name the wish: sent again under it, it acts once. Send a UUID, the same at each attempt.`,
);

const MISSING_MESSAGE_ID = new CallRefused(
  'protocol',
  `A task needs the header ${HEADER.messageId}, a UUID that is the same whenever it is sent again.`,
);

/**
 * The context with what a token vouches for, and with no tenant but that of the token: what a header says beside it, nobody has signed.
 * A module that acts on its own account has no principal, over no binding.
 */
export function vouchedFor(context: CallContext, { principal, tenant }: Identity): CallContext {
  const { tenant: _saidByTheHeader, ...rest } = context;
  return { ...rest, ...(principal !== undefined && { principal }), ...(tenant !== undefined && { tenant }) };
}

function textOf(name: string, value: string): string {
  try {
    return decodedValue(value);
  } catch {
    throw new CallRefused('protocol', `The header ${name} is no percent-encoded UTF-8.`);
  }
}

function nameOf(name: string, value: string): string {
  const text = textOf(name, value);
  const isTooLong = text.length > MOST_OF_A_NAME && [...text].length > MOST_OF_A_NAME;
  if (isTooLong || text.includes('\0')) {
    throw new CallRefused('protocol', `The header ${name} is not 1 to ${MOST_OF_A_NAME} characters without U+0000.`);
  }
  return text;
}

/** Messages are known by it, and so is what follows from them, in columns that take nothing else. */
function uuidOf(name: string, value: string): string {
  if (UUID.test(value)) return value;
  throw new CallRefused('protocol', `The header ${name} is no UUID.`);
}

function timeLeftMs(value: string | undefined): number {
  if (value === undefined) return DEFAULT_TIMEOUT_MS;
  if (!MILLISECONDS.test(value)) {
    throw new CallRefused('protocol', `The header ${HEADER.timeoutMs} is no whole number of milliseconds.`);
  }
  return Number(value);
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
