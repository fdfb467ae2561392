/** The longest that a timer of Node can be set for, in milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** How long a turn is waited for, and what becomes of one that never comes. */
export interface TurnLimit {
  /** How long one holder of the turn is waited for, in milliseconds; 0 waits without end. */
  readonly waitMs: number;
  /** When the waiting caller gives up at the latest, in milliseconds since the epoch. */
  readonly deadlineAt: number | undefined;
  /** Who has the turn now; with another one the wait begins anew. */
  holder(): unknown;
  /** Called when the turn has not come in time. Its answer is what the waiting code gets to see. */
  expired(waitedMs: number): Error;
}

interface Waiting {
  take(): void;
  refuse(error: Error): void;
}

/** Those who wait for a scope to be the innermost, in the order in which they came. */
export class Turns {
  private readonly waiting: Waiting[] = [];

  get areWanted(): boolean {
    return this.waiting.length > 0;
  }

  /** Runs `act` when its turn comes. Rejects when that takes too long, or when the turn can never come. */
  wait<T>(limit: TurnLimit, act: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const stopWatching = watch(limit, (error) => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        reject(error);
      });
      const waiting: Waiting = {
        take() {
          stopWatching();
          try {
            resolve(act());
          } catch (error) {
            reject(error);
          }
        },
        refuse(error) {
          stopWatching();
          reject(error);
        },
      };
      this.waiting.push(waiting);
    });
  }

  giveNext(): void {
    this.waiting.shift()?.take();
  }

  refuseAll(error: Error): void {
    for (const waiting of this.waiting.splice(0)) waiting.refuse(error);
  }
}

/** Calls `expire` once when the limit is reached; what it answers ends the watch. */
function watch(limit: TurnLimit, expire: (error: Error) => void): () => void {
  const since = Date.now();
  const deadlineAt = limit.deadlineAt ?? Number.POSITIVE_INFINITY;
  const waitMs = limit.waitMs === 0 ? Number.POSITIVE_INFINITY : limit.waitMs;
  let timer: NodeJS.Timeout;
  const arm = () => {
    const holder = limit.holder();
    const leftMs = Math.max(0, deadlineAt - Date.now());
    const isLastTime = leftMs <= waitMs;
    timer = setTimeout(
      () => {
        if (limit.holder() !== holder && !isLastTime) arm();
        else expire(limit.expired(Date.now() - since));
      },
      Math.min(waitMs, leftMs, LONGEST_TIMER_MS),
    );
  };
  if (waitMs !== Number.POSITIVE_INFINITY || deadlineAt !== Number.POSITIVE_INFINITY) arm();
  return () => clearTimeout(timer);
}
