import { AsyncLocalStorage } from 'node:async_hooks';
import type { Cancellation } from './cancellation.js';
import { singleCopy } from './single-copy.js';
import type { Transaction } from './transaction.js';

/** On whose behalf a call is made. */
export interface Principal {
  readonly id: string;
  readonly roles?: readonly string[];
  /** What may be done on its behalf, as contracts name it: `inventory.receive`. `*` is all of it. */
  readonly permissions?: readonly string[];
}

/** What travels with every call, message and event, over every binding. Immutable: a change makes a new context. */
export interface CallContext {
  /** W3C Trace Context, `00-<trace id>-<span id>-<flags>`. */
  readonly traceparent?: string;
  /** W3C Trace Context: what tracing systems tell each other of the trace, `rojo=00f067aa0ba902b7,congo=t61rcWkgMzE`. Handed on as it is. */
  readonly tracestate?: string;
  readonly principal?: Principal;
  readonly tenant?: string;
  /** When the caller stops waiting, in milliseconds since the epoch. Handed on as it is: no hop starts a fresh timeout. */
  readonly deadlineAt?: number;
  /** Whether anybody still waits for the answer. Within queries only. */
  readonly cancellation?: Cancellation;
  /** Names one wish of the caller: a command that carries a key acts once, however often it is sent. */
  readonly idempotencyKey?: string;
  /** The key under which the running command was called: it names that command's wish, and those that it calls do not get it. */
  readonly heldKey?: string;
  /** BCP 47 language tag. */
  readonly locale?: string;
  /** Stable id of the message that is being handled (a task or an event), the same at every redelivery. */
  readonly messageId?: string;
  /** Names the story that this call belongs to: the same for everything that follows from one wish. */
  readonly correlationId?: string;
  /** The running unit of work, if any. It never crosses a process. */
  readonly transaction?: Transaction;
}

/**
 * The platform's only AsyncLocalStorage: each further one makes every `run` of all of them dearer.
 * It is run once per request, and again only for a command that opens a savepoint or carries a key.
 */
export const context: AsyncLocalStorage<CallContext> = singleCopy(
  'context',
  () => new AsyncLocalStorage<CallContext>(),
);

const EMPTY: CallContext = Object.freeze({});

/** The context of the running call; an empty one outside of any. */
export function currentContext(): CallContext {
  return context.getStore() ?? EMPTY;
}

/** Runs `work` in the current context with `changes` applied; `undefined` removes a field. */
export function runInContext<T>(
  changes: { readonly [K in keyof CallContext]?: CallContext[K] | undefined },
  work: () => T,
): T {
  return context.run({ ...context.getStore(), ...changes } as CallContext, work);
}

/** The 32 hexadecimal digits that name the running trace, for logs and answers. */
export function currentTraceId(): string | undefined {
  return context.getStore()?.traceparent?.split('-')[1];
}

/** Whom keys belong to: what one principal of one tenant got is not answered to another. */
export function currentCaller(): string {
  const { tenant = '', principal } = currentContext();
  return JSON.stringify([tenant, principal?.id ?? '']);
}
