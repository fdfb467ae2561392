import type { Carrier, Letter } from './carrier.js';

/** How many letters are kept: the newest. */
const CAPACITY = 1000;

/** Keeps letters in this process, for development and for tests. */
export class MemoryCarrier implements Carrier {
  readonly name = 'memory';
  private readonly kept: Letter[] = [];

  /** The oldest first. */
  get letters(): readonly Letter[] {
    return this.kept;
  }

  async deliver(letter: Letter): Promise<void> {
    this.kept.push(letter);
    if (this.kept.length > CAPACITY) this.kept.shift();
  }
}
