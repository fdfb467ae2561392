import { Injectable } from '@nestjs/common';

/** One value of a figure, and what tells it from the others: names and constants, of which there are few, and never data. */
export interface Observation {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A figure that its owner knows anyway. It is asked for when somebody reads figures, and costs nothing in between. */
export interface ObservedFigure {
  /** `macrolith.remote.calls.under_way`. */
  readonly name: string;
  readonly help: string;
  /** UCUM: `{call}`, `1`. */
  readonly unit: string;
  /** `sum` only grows while the process lives; `level` goes up and down. */
  readonly is: 'sum' | 'level';
  /** Never throws. */
  observe(): Iterable<Observation>;
}

/** Figures that parts of this process offer to whoever tells them, as `@macrolith/telemetry` does. Where nobody does they are never asked. */
@Injectable()
export class ObservedFigures {
  private readonly figures: ObservedFigure[] = [];

  get all(): readonly ObservedFigure[] {
    return this.figures;
  }

  offer(...figures: readonly ObservedFigure[]): void {
    this.figures.push(...figures);
  }
}
