import { type Description, Figure } from './figure.js';

/** Values by bucket. The bounds are inclusive upper ones; one more bucket takes what is above the last. */
export class Distribution {
  readonly counts: number[];
  count = 0;
  sum = 0;

  constructor(private readonly bounds: readonly number[]) {
    this.counts = new Array<number>(bounds.length + 1).fill(0);
  }

  record(value: number): void {
    let bucket = 0;
    while (bucket < this.bounds.length && value > this.bounds[bucket]!) bucket += 1;
    this.counts[bucket]! += 1;
    this.count += 1;
    this.sum += value;
  }
}

/** How values are spread. */
export class Histogram extends Figure<Distribution> {
  constructor(
    description: Description,
    readonly bounds: readonly number[],
    maxSeries?: number,
  ) {
    super(description, maxSeries);
  }

  protected override empty(): Distribution {
    return new Distribution(this.bounds);
  }
}
