/** The time of a test: it passes when the test says so. */
export class StoppedClock {
  constructor(public time = Date.parse('2026-11-26T12:00:00Z')) {}

  now(): number {
    return this.time;
  }

  pass(seconds: number): void {
    this.time += seconds * 1_000;
  }
}
