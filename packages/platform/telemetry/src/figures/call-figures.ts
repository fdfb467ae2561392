import type { CallEdge } from '@macrolith/core';
import type { Failure, Outcome } from '../outcome/outcome.js';
import { type Count, Counter } from './counter.js';
import { type Distribution, Histogram } from './histogram.js';
import { IN_PROCESS_SECONDS } from './seconds.js';

/** Who calls whom, how often, how it ends, and how long it takes. */
export class CallFigures {
  readonly calls: Counter;
  readonly duration: Histogram;

  /**
   * @param name `macrolith`, or `macrolith.served` for what came from other processes
   * @param help what calls these are: `calls of ports`
   */
  constructor(name: string, help: string) {
    this.calls = new Counter({ name: `${name}.calls`, help: `How many ${help} ended how.`, unit: '{call}' });
    this.duration = new Histogram(
      { name: `${name}.call.duration`, help: `How long ${help} took.`, unit: 's' },
      IN_PROCESS_SECONDS,
    );
  }

  of(edge: CallEdge): EdgeFigures {
    return new EdgeFigures(this, edge);
  }
}

/** The figures of one consumer's way to one operation. */
export class EdgeFigures {
  private readonly duration: Distribution;
  private readonly succeeded: Count;

  constructor(
    private readonly figures: CallFigures,
    private readonly edge: CallEdge,
  ) {
    this.duration = figures.duration.series({ ...edge });
    this.succeeded = figures.calls.series({ ...edge, outcome: 'ok' });
  }

  record(seconds: number, outcome: Outcome): void {
    this.duration.record(seconds);
    const ended = outcome.is === 'ok' ? this.succeeded : this.failed(outcome);
    ended.add();
  }

  private failed({ is, type }: Failure): Count {
    return this.figures.calls.series({ ...this.edge, outcome: is, 'error.type': type });
  }
}
