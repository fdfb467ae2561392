/** How many consumers may be at work at once in this process, whatever they consume: each takes a connection and memory. */
export class Hands {
  private readonly waiting = new Set<() => void>();

  constructor(private free: number) {}

  /** As many of `wanted` as are free now. With none, `whenFree` is called once some are. */
  take(wanted: number, whenFree: () => void): number {
    const given = Math.min(wanted, this.free);
    this.free -= given;
    if (given === 0) this.waiting.add(whenFree);
    return given;
  }

  giveBack(count: number): void {
    this.free += count;
    if (this.free === 0) return;
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const whenFree of waiting) whenFree();
  }
}
