/** Does some work whenever it is asked for, and never twice at once: asked meanwhile, it is done once more afterwards. */
export class OneAtATime {
  private running: Promise<void> | undefined;
  private again = false;

  /** @param work never rejects */
  constructor(private readonly work: () => Promise<void>) {}

  ask(): void {
    if (this.running !== undefined) {
      this.again = true;
      return;
    }
    this.running = this.work().finally(() => {
      this.running = undefined;
      if (!this.again) return;
      this.again = false;
      this.ask();
    });
  }

  /** Resolves when nothing is being done. */
  async idle(): Promise<void> {
    while (this.running !== undefined) await this.running;
  }
}
