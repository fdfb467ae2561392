import { encodeError } from '@macrolith/contract';
import { context, type UnitOfWork } from '@macrolith/core';
import { keyOfMove, type Move } from '../run/move.js';
import { argumentOf, type Run } from '../run/run.js';
import { RunNotHeld, type RunStore } from '../run/run-store.js';
import type { Calls } from './calls.js';
import { AlreadyBegun, MoveFailed, StepRefused, StepTimedOut } from './step-errors.js';

export interface StagesOptions {
  readonly stepTimeoutMs: number;
}

/**
 * Takes a run from one stage to the next. A stage is one honest unit: either one call that no transaction can hold, or one
 * transaction with everything that one can hold.
 *
 *     transaction: answers so far + local steps + the intent of the next call ──▶ call under its key ──▶ transaction: its answer + …
 *
 * So the input of a call is stored before it is sent, and its answer travels with what follows from it.
 */
export class Stages {
  constructor(
    private readonly calls: Calls,
    private readonly store: RunStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly options: StagesOptions,
  ) {}

  /**
   * @throws MoveFailed when it cannot go on for now
   * @throws StepRefused when a step is refused before the run is stored: nothing of it is left
   * @throws AlreadyBegun when a run of this id is there
   * @throws RunNotHeld
   */
  async next(run: Run, isDerived: boolean): Promise<Run> {
    const move = run.nextMove();
    if (move !== undefined && run.isApart(move)) {
      // A query needs no intent: asking twice changes nothing.
      const isIntended = move.operation.kind === 'query' || run.recordOf(move)?.state === 'sent';
      if (isIntended) return this.call(run, move);
    }
    return this.commit(run, move, isDerived);
  }

  private async call(run: Run, move: Move): Promise<Run> {
    const { operation } = move;
    try {
      const input = run.inputOf(move);
      const output = await this.within(run, move, () => this.calls.apart(operation)(argumentOf(operation, input)));
      return run.done(move, input, output);
    } catch (error) {
      const refusal = move.direction === 'do' ? encodeError(operation, error) : undefined;
      if (refusal === undefined) throw new MoveFailed(move, error);
      if (!run.progress.isStored) throw new StepRefused(move, undefined, refusal, error);
      return run.refused(move, run.inputOf(move), refusal);
    }
  }

  private async within(run: Run, move: Move, work: () => Promise<unknown>): Promise<unknown> {
    const { stepTimeoutMs } = this.options;
    const own = {
      ...run.facts.context,
      deadlineAt: Date.now() + stepTimeoutMs,
      ...(move.operation.kind === 'command' && { idempotencyKey: keyOfMove(run.facts.id, move) }),
    };
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new StepTimedOut(move.operation.id, stepTimeoutMs)), stepTimeoutMs);
    try {
      return await Promise.race([context.run(own, work), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async commit(run: Run, first: Move | undefined, isDerived: boolean): Promise<Run> {
    const hasLocalSteps = first !== undefined && !run.isApart(first);
    if (!hasLocalSteps) return this.write(this.concluded(run, first));
    try {
      return await context.run(run.facts.context, () => this.unitOfWork.run(() => this.runLocal(run, isDerived)));
    } catch (error) {
      if (error instanceof StepRefused && run.progress.isStored)
        return run.refused(error.move, error.input, error.refusal);
      throw isSignal(error) ? error : new MoveFailed(first, error);
    }
  }

  /** Everything that the transaction can hold, in it. */
  private async runLocal(begun: Run, isDerived: boolean): Promise<Run> {
    let run = begun;
    // A wish that was made before must be found before anything is done for it.
    if (!run.progress.isStored && isDerived) run = await this.write(run);
    let move = run.nextMove();
    for (; move !== undefined && !run.isApart(move); move = run.nextMove()) run = await this.runStep(run, move);
    return this.write(this.concluded(run, move));
  }

  private async runStep(run: Run, move: Move): Promise<Run> {
    const { operation } = move;
    const input = run.inputOf(move);
    try {
      const output = await this.calls.within(operation)(argumentOf(operation, input));
      return run.done(move, input, output);
    } catch (error) {
      const refusal = move.direction === 'do' ? encodeError(operation, error) : undefined;
      throw refusal === undefined ? new MoveFailed(move, error) : new StepRefused(move, input, refusal, error);
    }
  }

  /** With the intent of the call that follows, or with the end if nothing does. A query is asked without an intent. */
  private concluded(run: Run, next: Move | undefined): Run {
    if (next === undefined) return run.ended();
    return next.operation.kind === 'query' ? run : run.sent(next);
  }

  private async write(run: Run): Promise<Run> {
    if (run.progress.isStored) await this.store.save(run);
    else if (!(await this.store.begin(run))) throw new AlreadyBegun();
    return run.saved();
  }
}

/** What tells whoever runs the stages how to go on, and needs no further name. */
function isSignal(error: unknown): boolean {
  return [StepRefused, MoveFailed, AlreadyBegun, RunNotHeld].some((signal) => error instanceof signal);
}
