import { PlatformError } from '@macrolith/core';
import type { Refusal } from '../wire/refusal.js';

/**
 * Why a remote module cannot be reached.
 * - `no-provider`: no process serves it. Nothing was begun.
 * - `not-connected`: this process has no connection to NATS. Nothing was begun.
 * - `connection-lost`: the connection broke while an answer was awaited. It may have been done.
 * - `circuit-open`: it failed so often in a row that it is left alone for a while. Nothing was begun.
 */
export type UnavailableReason = 'no-provider' | 'not-connected' | 'connection-lost' | 'circuit-open';

const WHY: Readonly<Record<UnavailableReason, string>> = {
  'no-provider':
    'no process serves it. Start one that hosts the module, or look why those that do are not connected to NATS.',
  'not-connected': 'this process has no connection to NATS. It is made again as soon as NATS answers.',
  'connection-lost': 'the connection to NATS broke while the answer was awaited. It may have been done.',
  'circuit-open': 'it failed several times in a row, and is left alone for a while. It is tried again by itself.',
};

/** Whoever is away is back within seconds, or much later. */
const ABSENT_MS = 5_000;
/** Whoever is busy has finished something soon. */
const BUSY_MS = 500;

/** A remote module could not be asked, or not be heard. */
export class RemoteUnavailable extends PlatformError {
  readonly code = 'macrolith.remote-unavailable';
  constructor(
    /** As in `catalog.getProduct`. */
    readonly operation: string,
    readonly reason: UnavailableReason,
  ) {
    super(`${operation} could not be called: ${WHY[reason]}`);
  }

  override get askAgainInMs(): number | undefined {
    return this.reason === 'connection-lost' ? undefined : ABSENT_MS;
  }
}

/** No answer came in time. It may have been done: a command can be sent again under the same idempotency key. */
export class RemoteTimedOut extends PlatformError {
  readonly code = 'macrolith.remote-timed-out';
  constructor(
    readonly operation: string,
    /** How long an answer was awaited, in milliseconds. `undefined` where the caller's time was over before anything was begun. */
    readonly afterMs: number | undefined,
  ) {
    super(
      afterMs === undefined
        ? `${operation} was not begun: the caller's time was over before. Give whoever calls more time, or look what took it.`
        : `${operation} did not answer within ${afterMs} ms. It may have been done: call it again with the same idempotency key to learn how it ended.`,
    );
  }
}

/** As many calls are under way as are allowed, there or from here. Nothing was begun. */
export class RemoteOverloaded extends PlatformError {
  readonly code = 'macrolith.remote-overloaded';
  constructor(
    readonly operation: string,
    /** `provider`: the process that was asked. `caller`: this one, which asks too much of one module. */
    readonly at: 'provider' | 'caller',
  ) {
    super(
      at === 'provider'
        ? `${operation} was not begun: the process that was asked has as much under way as it takes. Start more of them, or raise ` +
            'concurrency of NatsModule.forRoot() there; of a task its module may say limit(…), too.'
        : `${operation} was not sent: this process has as many calls to its module under way as it may. Raise ` +
            `resilienceOf.${moduleOf(operation)}.bulkhead of NatsModule.forRoot() here, if the module can do more.`,
    );
  }

  override get askAgainInMs(): number {
    return BUSY_MS;
  }
}

/** An argument does not fit into a message of NATS. */
export class PayloadTooLarge extends PlatformError {
  readonly code = 'macrolith.payload-too-large';
  constructor(
    readonly operation: string,
    readonly maxBytes: number,
  ) {
    super(
      `The argument of ${operation} is larger than the ${maxBytes} bytes that a message of NATS may have. ` +
        'Ask for less at once, or raise max_payload of nats-server.',
    );
  }
}

/** The credentials of this process do not let it ask. */
export class DeniedByNats extends PlatformError {
  readonly code = 'macrolith.denied-by-nats';
  constructor(
    readonly operation: string,
    readonly subject: string,
  ) {
    super(
      `nats-server does not let this process publish to ${subject}, so ${operation} was not asked. ` +
        "Give its NATS user the right to: it follows from the 'uses' of the manifests.",
    );
  }
}

/** The process that was asked says why it did not do it. */
export class RemoteRefused extends PlatformError {
  readonly code: `macrolith.${string}`;
  constructor(
    readonly operation: string,
    readonly refusal: Refusal,
  ) {
    super(refusal.message);
    this.code = `macrolith.${refusal.code}`;
  }

  /** Another process may have the version that knows the operation, or this one soon. */
  override get askAgainInMs(): number | undefined {
    return this.refusal.code === 'unknown-operation' ? ABSENT_MS : undefined;
  }
}

/** Whatever answered does not speak this protocol. */
export class AnswerNotUnderstood extends PlatformError {
  readonly code = 'macrolith.answer-not-understood';
  constructor(
    readonly operation: string,
    problem: string,
  ) {
    super(`The answer to ${operation} was not understood: ${problem} See docs/wire.md for what an answer looks like.`);
  }
}

/** A call is made on somebody's behalf, and nothing here can prove to another process on whose. */
export class PrincipalCannotTravel extends PlatformError {
  readonly code = 'macrolith.principal-cannot-travel';
  constructor(readonly operation: string) {
    super(
      `${operation} is called on behalf of a principal, and this shell cannot vouch for it towards another process. ` +
        'Set PRINCIPAL_KEY, or provide PrincipalTokens in a global module.',
    );
  }
}

function moduleOf(operation: string): string {
  return operation.slice(0, operation.indexOf('.'));
}
