/** The requests that are being answered, and whether the process is on its way out. */
export class Traffic {
  private running = 0;
  private drainingSince: number | undefined;
  private whenIdle: (() => void) | undefined;

  constructor(private readonly limit: number) {}

  get inFlight(): number {
    return this.running;
  }

  /** True from the start of the shutdown: readiness answers 503, and connections close after their answer. */
  get draining(): boolean {
    return this.drainingSince !== undefined;
  }

  /** More requests run than the limit allows: the newest of them has to be refused. */
  get overloaded(): boolean {
    return this.running > this.limit;
  }

  begin(): void {
    this.running += 1;
  }

  end(): void {
    this.running -= 1;
    if (this.running === 0) this.whenIdle?.();
  }

  /** Waits until nothing is in flight, at most `timeoutMs`; resolves to the number of requests still running then. */
  async drain(timeoutMs: number): Promise<number> {
    this.drainingSince ??= Date.now();
    if (this.running === 0) return 0;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.whenIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    return this.running;
  }
}
