import { type Labels, OVERFLOW } from './labels.js';

/** How a figure is told to whoever reads it. */
export interface Description {
  /** `macrolith.call.duration`. */
  readonly name: string;
  readonly help: string;
  /** UCUM: `s`, `{call}`. */
  readonly unit: string;
}

/** More series than this are counted together: so many cost every reader a megabyte or two. */
const MAX_SERIES = 2_000;

/** One thing that is counted or measured, with a series for each combination of labels. */
export abstract class Figure<Series> {
  private readonly byLabels = new Map<string, { readonly labels: Labels; readonly series: Series }>();

  constructor(
    readonly description: Description,
    private readonly maxSeries: number = MAX_SERIES,
  ) {}

  /** The series of these labels, made when it is asked for first. Whoever needs it often keeps it. */
  series(labels: Labels): Series {
    const key = JSON.stringify(labels);
    const known = this.byLabels.get(key);
    if (known !== undefined) return known.series;
    if (this.byLabels.size >= this.maxSeries && labels !== OVERFLOW) return this.series(OVERFLOW);
    const series = this.empty();
    this.byLabels.set(key, { labels, series });
    return series;
  }

  /** What there is now. */
  all(): Iterable<{ readonly labels: Labels; readonly series: Series }> {
    return this.byLabels.values();
  }

  protected abstract empty(): Series;
}
