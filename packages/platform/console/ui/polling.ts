import type { LitElement } from '@macrolith/ui';

const EVERY_MS = 5_000;

/** Reads again every few seconds, while somebody can see the page and the answer before has come. */
export class Polling {
  #timer: ReturnType<typeof setInterval> | undefined;
  #isReading = false;

  constructor(
    host: LitElement,
    private readonly read: () => Promise<void>,
  ) {
    host.addController({
      hostConnected: () => {
        this.#timer = setInterval(() => void this.#tick(), EVERY_MS);
        document.addEventListener('visibilitychange', this.#seen);
      },
      hostDisconnected: () => {
        clearInterval(this.#timer);
        document.removeEventListener('visibilitychange', this.#seen);
      },
    });
  }

  #seen = () => void this.#tick();

  async #tick(): Promise<void> {
    if (document.hidden || this.#isReading) return;
    this.#isReading = true;
    try {
      await this.read();
    } finally {
      this.#isReading = false;
    }
  }
}
