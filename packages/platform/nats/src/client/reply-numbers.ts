/** So many are kept to be used again. nats-server remembers the way of some hundred subjects for each connection. */
const MOST_KEPT = 256;
/** How long a number rests after its answer. Two answers to one call come at about the same time. */
const REST_MS = 10;

/**
 * Under which number a call's answer arrives. nats-server looks up the way of a subject that it has not met before, and remembers it,
 * so numbers are used again: after the answer and a rest. The number of a call that was given up is not, for an answer may still
 * come; and once a second answer has come to any, none is.
 */
export class ReplyNumbers {
  /** A ring: numbers that were answered, the longest rested first, and when that was. */
  private readonly numbers = new Float64Array(MOST_KEPT);
  private readonly answeredAt = new Float64Array(MOST_KEPT);
  private first = 0;
  private kept = 0;
  private highest = 0;
  private areUsedAgain = true;

  /** @param now in milliseconds since the epoch */
  next(now: number): number {
    if (this.kept === 0 || now - this.answeredAt[this.first]! < REST_MS) {
      this.highest += 1;
      return this.highest;
    }
    const number = this.numbers[this.first]!;
    this.first = (this.first + 1) % MOST_KEPT;
    this.kept -= 1;
    return number;
  }

  /** The one answer to a call has come, so that its number may be used again. */
  answered(number: number, now: number): void {
    if (this.kept === MOST_KEPT || !this.areUsedAgain) return;
    const place = (this.first + this.kept) % MOST_KEPT;
    this.numbers[place] = number;
    this.answeredAt[place] = now;
    this.kept += 1;
  }

  /**
   * An answer has come that nobody waits for. Where its call had one before, somebody answers twice, and numbers are not used again.
   *
   * @returns whether that is so
   */
  cameAgain(number: number): boolean {
    const isKept = Array.from({ length: this.kept }, (_, nth) => this.numbers[(this.first + nth) % MOST_KEPT]).includes(
      number,
    );
    if (!isKept) return false;
    this.areUsedAgain = false;
    this.kept = 0;
    return true;
  }
}
