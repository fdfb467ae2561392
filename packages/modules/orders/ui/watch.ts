import type { LitElement } from '@macrolith/ui';

const FIRST_WAIT_MS = 700;
const LONGEST_WAIT_MS = 5_000;

export interface WatchOptions {
  /** Whether there is still something to wait for. */
  readonly isWanted: () => boolean;
  readonly look: () => Promise<void>;
}

/**
 * Looks again and again while there is something to wait for, and gently: less often the longer nothing changes, one look at
 * a time, and not while nobody sees the page.
 */
export class Watch {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waitMs = FIRST_WAIT_MS;
  #isConnected = false;

  constructor(
    host: LitElement,
    private readonly options: WatchOptions,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#isConnected = true;
    document.addEventListener('visibilitychange', this.#resume);
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    document.removeEventListener('visibilitychange', this.#resume);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  hostUpdated(): void {
    if (this.#timer === undefined && this.options.isWanted()) this.#sleep();
  }

  /** Something changed, so the next change may be near. */
  hurry(): void {
    this.#waitMs = FIRST_WAIT_MS;
  }

  #sleep(): void {
    this.#timer = setTimeout(() => void this.#look(), this.#waitMs);
    this.#waitMs = Math.min(this.#waitMs * 1.5, LONGEST_WAIT_MS);
  }

  async #look(): Promise<void> {
    try {
      if (!document.hidden) await this.options.look();
    } finally {
      this.#timer = undefined;
      if (this.#isConnected && !document.hidden && this.options.isWanted()) this.#sleep();
    }
  }

  #resume = () => {
    this.hurry();
    if (!document.hidden && this.#timer === undefined && this.options.isWanted()) this.#sleep();
  };
}
