import type { CallContext } from './call-context.js';
import type { CallEdge } from './call-hook.js';

/**
 * A stretch of work that is no call of a port: what comes into this process from outside, and transactions. Names are
 * those of routes, consumers and operations, of which there is a limited number.
 */
export type Work =
  | {
      readonly kind: 'request';
      readonly method: string;
      /** The pattern that the router matched, `/api/orders/orders/:orderId`; nothing where none did. */
      readonly route: string | undefined;
      readonly traceparent: string | undefined;
    }
  | {
      /** A call of a port that came from another process, as the process that serves it sees it. */
      readonly kind: 'served-call';
      readonly edge: CallEdge;
      readonly traceparent: string | undefined;
    }
  | {
      readonly kind: 'message';
      readonly message: 'event' | 'task';
      /** Who is handed it: `notifications.thank`, or the task's own name. */
      readonly consumer: string;
      /** `orders.order-placed.v1`, or the task's own name. */
      readonly type: string;
      readonly messageId: string;
      /** 1 at the first delivery. */
      readonly attempt: number;
      /** When the transaction that wrote it began. */
      readonly writtenAt: Date;
      readonly traceparent: string | undefined;
    }
  | {
      /** A call from another process that was refused, or dropped because nobody could be told. It takes no time. */
      readonly kind: 'refused-call';
      /** `catalog.getProduct`; nothing where it was none of a contract's. */
      readonly operation: string | undefined;
      readonly code: string;
    }
  | {
      /** A message that was to leave for a broker and was not taken: it waits in its outbox, and is tried again. It takes no time. */
      readonly kind: 'kept-message';
      /** As it is called among the consumers of an outbox. */
      readonly outlet: string;
      readonly type: string;
      /** `denied`, where this process has no right to it; `unavailable`. */
      readonly reason: string;
    }
  | { readonly kind: 'transaction'; readonly traceparent: string | undefined };

export type WorkKind = Work['kind'];

/** How a stretch of work ended. Nothing of it: as it should. */
export interface WorkEnd {
  readonly error?: unknown;
  /** Of a request: the answer's status. */
  readonly status?: number;
  /** Of a request: whoever asked went away before the answer was complete. */
  readonly aborted?: boolean;
}

/** Work that somebody follows. */
export interface FollowedWork {
  /** What the work's own context gets, so that whatever it calls and writes continues from here. */
  readonly context: Pick<CallContext, 'traceparent'>;
  /** Never throws. */
  end(how: WorkEnd): void;
}

/** Answers nothing where the work need not be followed. Never throws. */
export type WorkHook = (work: Work) => FollowedWork | undefined;

/** Sees the work that is no call of a port, while somebody listens. */
export const workHook: { current: WorkHook | undefined } = { current: undefined };

/**
 * Runs work that somebody may follow. `run` gets what the work's context has to be changed by.
 *
 * @param describe says what it is; not asked while nobody listens, which costs one comparison then
 */
export async function follow<T>(
  describe: () => Work,
  run: (changes: FollowedWork['context']) => Promise<T>,
): Promise<T> {
  const followed = workHook.current?.(describe());
  if (followed === undefined) return run(NOTHING);
  let result: T;
  try {
    result = await run(followed.context);
  } catch (error) {
    followed.end({ error });
    throw error;
  }
  followed.end({});
  return result;
}

const NOTHING: FollowedWork['context'] = Object.freeze({});
