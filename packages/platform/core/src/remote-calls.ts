import type { AnyPort, Operation, WireError } from '@macrolith/contract';
import type { CallEdge } from './call-hook.js';
import type { TaskRetry } from './task-terms.js';

/** What a provider in another process has answered. `retry` is how it wants a task that failed to be repeated. */
export type RemoteAnswer =
  /** The result in wire form. */
  | { readonly output: unknown }
  /** An error that the provider's contract declares. */
  | { readonly error: WireError; readonly retry?: TaskRetry | undefined }
  /** Any other error. What it was is in the provider's log, under this trace. */
  | { readonly failedInTrace: string | undefined; readonly retry?: TaskRetry | undefined };

/** Asks one operation. `key` is the idempotency key of a command: under it the same call may be sent again. */
export type SendCall = (input: unknown, key: string | undefined) => Promise<RemoteAnswer>;

/** Carries calls to providers in other processes. The DI token; `@macrolith/nats` provides it. */
export abstract class RemoteCalls {
  /**
   * The way from one consumer to one operation; asked for once, when the application starts. It takes the context of the
   * running call along, and ends by the call's deadline at the latest. What the transport itself has to say it throws, as
   * a `PlatformError`.
   */
  abstract sender(port: AnyPort, operation: Operation, edge: CallEdge): SendCall;
}
