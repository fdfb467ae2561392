import { decodeError, encodeError, type Operation, type WireError } from '@macrolith/contract';
import { currentCaller, IdempotencyStore } from '@macrolith/core';

type Outcome = { readonly value: unknown } | { readonly error: WireError };

/** Outcomes of the keyed commands of fakes, which have no database: in memory, with the same meaning. */
export class FakeOutcomes extends IdempotencyStore {
  private readonly calls = new Map<string, Promise<Outcome>>();

  /** A command that failed left no outcome: the same key may try again. */
  override once(operation: Operation, key: string, _input: unknown, work: () => Promise<unknown>): Promise<unknown> {
    return this.answer(operation, key, async () => ({ value: await work() }));
  }

  /** A declared error is an outcome, too. */
  override onceApart(
    operation: Operation,
    key: string,
    _input: unknown,
    work: () => Promise<unknown>,
  ): Promise<unknown> {
    return this.answer(operation, key, async () => {
      try {
        return { value: await work() };
      } catch (error) {
        const declared = encodeError(operation, error);
        if (declared === undefined) throw error;
        return { error: declared };
      }
    });
  }

  private async answer(operation: Operation, key: string, call: () => Promise<Outcome>): Promise<unknown> {
    const id = JSON.stringify([operation.id, currentCaller(), key]);
    let outcome = this.calls.get(id);
    if (outcome === undefined) {
      outcome = call();
      this.calls.set(id, outcome);
      outcome.catch(() => this.calls.delete(id));
    }
    const known = await outcome;
    if ('error' in known) throw decodeError(operation, known.error)!;
    return known.value;
  }
}
