import { randomUUID } from 'node:crypto';
import { context, type Shutdown } from '@macrolith/core';
import type { Logger } from '@nestjs/common';
import type { Run } from '../run/run.js';
import type { RunStore } from '../run/run-store.js';
import type { WorkflowOptions } from '../workflow-options.js';
import { type Execution, type ExecutionParts, execute } from './execution.js';
import type { Stages } from './stages.js';

/** How many runs one statement removes at most. */
const SWEEP_BATCH = 1_000;
/** How often ended runs that are too old are looked for. */
const RETENTION_MS = 3_600_000;

/** How an execution begins. */
interface Beginning {
  readonly isDerived: boolean;
  /** Whether a call waits for the end of the run. */
  readonly isAwaited: boolean;
  readonly failures: number;
  onStored(): void;
}

/** The call's context of whoever woke it is none of the runs' business. */
const NOBODY = Object.freeze({});

/**
 * The runs of one module in this process: those that calls start, and those that other processes left behind.
 *
 * Any number of processes may look at one table: a claim locks and leases its rows, a lease that is lost keeps its former
 * holder from writing, and one that is held is extended as long as the process lives.
 */
export class ModuleRuns {
  private readonly underWay = new Map<string, Run>();
  private readonly executions = new Set<Promise<unknown>>();
  private readonly endWatchers = new Map<string, Set<(run: Run) => void>>();
  private resumed = 0;
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;
  private beat: NodeJS.Timeout | undefined;
  private retention: NodeJS.Timeout | undefined;

  constructor(
    readonly store: RunStore,
    private readonly stages: Stages,
    private readonly options: WorkflowOptions,
    private readonly logger: Logger,
    private readonly shutdown: Shutdown,
  ) {}

  start(): void {
    this.beat = setInterval(() => void this.extendLeases(), this.options.leaseMs / 3);
    this.beat.unref();
    if (!this.options.resume) return;
    this.retention = setInterval(() => void this.removeOld(), RETENTION_MS);
    this.retention.unref();
    this.wake();
  }

  /** Starts a run that a call asks for. `onStored` is called once it outlives this process. */
  begin(run: Run, isDerived: boolean, onStored: () => void): Promise<Execution> {
    return this.track(run, { isDerived, isAwaited: true, failures: 0, onStored });
  }

  /** Calls `watcher` when a run ends in this process. Answers how to stop that. */
  onEnd(id: string, watcher: (run: Run) => void): () => void {
    const watchers = this.endWatchers.get(id) ?? new Set();
    this.endWatchers.set(id, watchers.add(watcher));
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0) this.endWatchers.delete(id);
    };
  }

  /** Looks for runs that are due now. Returns at once. */
  wake(): void {
    if (this.stopped || !this.options.resume) return;
    if (this.looking !== undefined) {
      this.lookAgain = true;
      return;
    }
    clearTimeout(this.timer);
    this.looking = context
      .run(NOBODY, () => this.look())
      .finally(() => {
        this.looking = undefined;
        if (!this.lookAgain) return;
        this.lookAgain = false;
        this.wake();
      });
  }

  /** Takes up nothing new. Waits, at most `drainMs`, for runs that calls started to end, and for others to end their stage. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    clearInterval(this.retention);
    await this.shutdown.waitFor('work', this.finish(), this.options.drainMs);
    clearInterval(this.beat);
  }

  private async finish(): Promise<void> {
    await this.looking;
    await Promise.allSettled(this.executions);
  }

  private async look(): Promise<void> {
    try {
      const free = this.options.concurrency - this.resumed;
      if (free <= 0) return;
      const claimed = await this.store.claim(free);
      for (const { run, attempts } of claimed) this.resume(run, attempts);
      if (claimed.length === free) return;
      const dueMs = (await this.store.nextDueMs()) ?? this.options.sweepMs;
      this.sleep(Math.max(1, Math.min(dueMs, this.options.sweepMs)));
    } catch (error) {
      // The runs are safe in the database; look again later.
      this.logger.warn(`Runs cannot be looked for now. ${error}`);
      this.sleep(this.options.sweepMs);
    }
  }

  private resume(run: Run, failures: number): void {
    this.resumed += 1;
    const execution = this.track(run, { isDerived: false, isAwaited: false, failures, onStored: () => {} });
    execution
      .catch((error: unknown) => this.logger.warn(`Run ${run.facts.id} was left. ${error}`))
      .finally(() => {
        this.resumed -= 1;
        this.wake();
      });
  }

  private track(run: Run, { isDerived, isAwaited, failures, onStored }: Beginning): Promise<Execution> {
    const slot = randomUUID();
    const parts: ExecutionParts = {
      stages: this.stages,
      store: this.store,
      options: this.options,
      logger: this.logger,
      random: Math.random,
      // Whoever called waits for the end, and a shutdown waits for whoever called.
      isStopping: () => this.stopped && !isAwaited,
      onProgress: (now) => {
        if (!now.progress.isStored) return;
        this.underWay.set(slot, now);
        onStored();
      },
    };
    if (run.progress.isStored) this.underWay.set(slot, run);
    const execution = execute(run, isDerived, failures, parts).then((ended) => {
      if (ended.kind === 'ended') this.tellEnd(ended.run);
      // Whoever tries it on has to look when it is due.
      if (ended.kind === 'left') this.wake();
      return ended;
    });
    this.executions.add(execution);
    const forget = () => {
      this.underWay.delete(slot);
      this.executions.delete(execution);
    };
    execution.then(forget, forget);
    return execution;
  }

  private tellEnd(run: Run): void {
    for (const watcher of [...(this.endWatchers.get(run.facts.id) ?? [])]) watcher(run);
  }

  private async extendLeases(): Promise<void> {
    const runs = [...this.underWay.values()];
    if (runs.length === 0) return;
    // A beat that fails is made good by the next; when none succeeds, another process takes over.
    await context.run(NOBODY, () => this.store.extend(runs)).catch(() => {});
  }

  private async removeOld(): Promise<void> {
    try {
      while ((await this.store.sweep(this.options.keptDays, SWEEP_BATCH)) === SWEEP_BATCH);
    } catch (error) {
      this.logger.warn(`Old runs could not be removed; trying again later. ${error}`);
    }
  }

  private sleep(ms: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), ms);
    this.timer.unref();
  }
}
