import type { DataOf, EventType } from '@macrolith/contract';
import type { RunningModules } from './boot-module.js';
import { eventually, type Patience } from './eventually.js';
import { publishedEvents } from './published-events.js';

/**
 * Do this, wait for that, verify:
 *
 * ```ts
 * await scenario(shop)
 *   .when(() => orders.place(input))
 *   .thenEvent(Orders.event.orderPlaced, (event) => event.customerId === 'c1')
 *   .verify(({ result, event }) => expect(event.orderId).toBe(result.orderId));
 * ```
 */
export function scenario(modules: RunningModules): Scenario {
  return new Scenario(modules);
}

class Scenario {
  constructor(private readonly modules: RunningModules) {}

  /** What is done. */
  when<Result>(stimulus: () => Promise<Result>): Stimulated<Result> {
    return new Stimulated(this.modules, stimulus);
  }
}

class Stimulated<Result> {
  constructor(
    private readonly modules: RunningModules,
    private readonly stimulus: () => Promise<Result>,
  ) {}

  /** Waits for a committed event that was not there before. */
  thenEvent<E extends EventType<any>>(
    event: E,
    matching: (data: DataOf<E>) => boolean = () => true,
    patience?: Patience,
  ): Expectation<{ result: Result; event: DataOf<E> }> {
    return new Expectation(async () => {
      const before = (await publishedEvents(this.modules, event)).length;
      const result = await this.stimulus();
      const look = async () => (await publishedEvents(this.modules, event)).slice(before);
      const seen = await eventually(`The event ${event.id}`, look, (events) => events.some(matching), patience);
      return { result, event: seen.find(matching)! };
    });
  }

  /** Waits until the state that `look` sees is accepted. */
  thenState<State>(
    look: () => State | Promise<State>,
    accept: (state: State) => boolean,
    patience?: Patience,
  ): Expectation<{ result: Result; state: State }> {
    return new Expectation(async () => {
      const result = await this.stimulus();
      return { result, state: await eventually('The expected state', look, accept, patience) };
    });
  }
}

class Expectation<Outcome> {
  constructor(private readonly reach: () => Promise<Outcome>) {}

  /** Runs the scenario, and hands what came of it to `check`. */
  async verify(check: (outcome: Outcome) => void | Promise<void> = () => {}): Promise<Outcome> {
    const outcome = await this.reach();
    await check(outcome);
    return outcome;
  }
}
