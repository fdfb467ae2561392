import { inspect } from 'node:util';

/** What was waited for did not come in time. */
export class DidNotHappen extends Error {
  constructor(
    readonly what: string,
    readonly withinMs: number,
    readonly lastSeen: unknown,
  ) {
    super(`${what} did not happen within ${withinMs} ms. Last seen: ${textOf(lastSeen)}`);
    this.name = 'DidNotHappen';
  }
}

export interface Patience {
  /** Default 60,000 ms: a computer that is busy with other tests is slow, not wrong. */
  readonly withinMs?: number;
  /** Pause between two looks. Default 20 ms. */
  readonly everyMs?: number;
}

/**
 * Looks again and again until `look` answers something that `accept` takes, and answers with that. An error of either
 * ends the wait.
 *
 * @param what begins the message of a failure: `The message to ada`
 * @throws DidNotHappen with what was seen last
 */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  accept: (seen: T) => boolean,
  { withinMs = 60_000, everyMs = 20 }: Patience = {},
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (accept(seen)) return seen;
    if (Date.now() >= deadline) throw new DidNotHappen(what, withinMs, seen);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

function textOf(value: unknown): string {
  const text = inspect(value, { depth: 5, breakLength: Number.POSITIVE_INFINITY });
  return text.length > 1_000 ? `${text.slice(0, 1_000)}…` : text;
}
