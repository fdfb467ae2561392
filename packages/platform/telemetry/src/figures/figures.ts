import type { ObservedFigures } from '@macrolith/core';
import { CallFigures } from './call-figures.js';
import { Counter } from './counter.js';
import type { Histogram } from './histogram.js';
import { MessageFigures } from './message-figures.js';
import { RequestFigures } from './request-figures.js';

/** Everything that is counted and measured in this process. */
export class Figures {
  /** When counting began. */
  readonly since = Date.now();
  readonly calls = new CallFigures('macrolith', 'calls of ports');
  readonly served = new CallFigures('macrolith.served', 'calls served for other processes');
  readonly refused = new Counter({
    name: 'macrolith.refused.calls',
    help: 'Calls of other processes that were refused or dropped, by why.',
    unit: '{call}',
  });
  readonly kept = new Counter({
    name: 'macrolith.kept.messages',
    help: 'Attempts to hand a message to a broker that did not take it, by why. It waits in its outbox.',
    unit: '{message}',
  });
  readonly requests = new RequestFigures();
  readonly messages = new MessageFigures();

  /** @param observed what other parts of the process know, and are asked for when figures are read */
  constructor(readonly observed: Pick<ObservedFigures, 'all'>) {}

  get counters(): readonly Counter[] {
    return [this.calls.calls, this.served.calls, this.refused, this.kept, this.messages.messages];
  }

  get histograms(): readonly Histogram[] {
    return [
      this.calls.duration,
      this.served.duration,
      this.requests.duration,
      this.messages.duration,
      this.messages.wait,
    ];
  }
}
