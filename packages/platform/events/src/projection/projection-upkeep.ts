import type { UnitOfWork } from '@macrolith/core';
import type { Generation } from './generation.js';
import type { GenerationStore } from './generation-store.js';
import type { LogContents, ProjectedLog } from './projected-log.js';
import { RebuildWouldForget } from './projection-errors.js';
import { oldest, type ProjectionStatus, statusOf, sum, together } from './projection-status.js';

/** Most rows that one statement removes, so that none runs long. */
const BATCH = 5_000;

/** One projection as it is kept up by one process, beside others that do the same. */
export interface KeptProjection {
  readonly module: string;
  readonly name: string;
  /** The tables that hold its generations' rows. */
  readonly tables: readonly string[];
  /** The logs that it hears. */
  readonly logs: readonly ProjectedLog[];
  readonly store: GenerationStore;
}

/**
 * Looks after one projection. What has to be true at once is written in one transaction: a generation and its place among
 * the consumers of the logs; the switch from one to the other and the end of the former's deliveries. So a process may
 * be killed anywhere, and any other goes on.
 */
export class ProjectionUpkeep {
  /** Where the logs ended at the look before, by generation: what has to be recorded before it may answer. */
  private readonly ends = new Map<number, readonly string[]>();
  /** How far the deliveries of a retired generation were removed, by generation and log. */
  private readonly cleared = new Map<string, string>();

  constructor(
    private readonly projection: KeptProjection,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Makes sure that there is a generation, and that all that are kept are registered with all logs. */
  async begin(): Promise<void> {
    const { store, logs } = this.projection;
    const generations = await store.all();
    if (generations.length === 0) await this.start((contents) => store.begin(contents));
    for (const { number, state } of generations) {
      if (state === 'retired') continue;
      await this.unitOfWork.run(async () => {
        if (await store.holdHearing(number)) for (const log of logs) await log.register(number);
      });
    }
  }

  /** Starts a generation beside the one that answers, unless one is being built. Answers whether it did. @throws RebuildWouldForget */
  async rebuild(): Promise<boolean> {
    const { store } = this.projection;
    return this.start(async (contents) => {
      await this.requireHistory(contents);
      return store.startBuilding(contents);
    });
  }

  /**
   * Lets what has caught up answer, and clears away what answered before. Answers whether there is more to do soon.
   */
  async look(): Promise<boolean> {
    const generations = await this.projection.store.all();
    const live = generations.find(({ state }) => state === 'live');
    const building = generations.find(({ state }) => state === 'building');
    if (live !== undefined && live.logFrom === undefined) await this.noteFirstEvent(live);
    if (live !== undefined && building !== undefined) await this.switchOver(live, building);
    for (const generation of generations) {
      if (generation.state === 'retired') await this.clear(generation);
    }
    return building !== undefined;
  }

  async status(): Promise<ProjectionStatus> {
    const generations = await this.projection.store.all();
    const building = generations.find(({ state }) => state === 'building');
    return statusOf(
      await this.withBacklog(generations.find(({ state }) => state === 'live')!),
      building && (await this.withBacklog(building)),
    );
  }

  private async start(insert: (contents: LogContents) => Promise<number | undefined>): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      const number = await insert(await this.contents());
      if (number === undefined) return false;
      for (const log of this.projection.logs) await log.register(number);
      return true;
    });
  }

  private async contents(): Promise<LogContents> {
    const contents = await Promise.all(this.projection.logs.map((log) => log.contents()));
    return { total: sum(contents.map(({ total }) => total)), from: oldest(contents.map(({ from }) => from)) };
  }

  private async requireHistory({ from }: LogContents): Promise<void> {
    const { store, module, name } = this.projection;
    const live = (await store.all()).find(({ state }) => state === 'live');
    const knownFrom = live?.logFrom;
    if (knownFrom === undefined || (from !== undefined && from <= knownFrom)) return;
    throw new RebuildWouldForget(module, name, knownFrom, from);
  }

  private async noteFirstEvent({ number }: Generation): Promise<void> {
    const { logs, store } = this.projection;
    const first = oldest(await Promise.all(logs.map((log) => log.firstEventAt())));
    if (first !== undefined) await store.noteFirstEvent(number, first);
  }

  /**
   * A generation has caught up when it has recorded what was in the logs at the look before, as far as the one that answers
   * has. Waiting for nothing to be open would never end where something is always being written; what it may lack that the
   * other had is as old as one look at most.
   */
  private async switchOver(live: Generation, building: Generation): Promise<void> {
    const { logs, store } = this.projection;
    const before = this.ends.get(building.number);
    this.ends.set(building.number, await Promise.all(logs.map((log) => log.end())));
    if (before === undefined) return;
    await this.unitOfWork.run(async () => {
      const caughtUp = logs.map((log, nth) => log.isAsFarAs(building.number, live.number, before[nth]!));
      if (!(await Promise.all(caughtUp)).every((each) => each)) return;
      if (!(await store.replace(live.number, building.number))) return;
      for (const log of logs) await log.deregister(live.number);
    });
  }

  /**
   * Removes what a retired generation has left, a batch a transaction. It is forgotten when nobody can have it under way any
   * more and nothing is found: until then a handler that had begun before may still add a row.
   */
  private async clear(generation: Generation): Promise<void> {
    while ((await this.clearBatch(generation)) > 0) {
      // Each batch is a transaction of its own: others get their turn, and a crash loses one at most.
    }
  }

  private async clearBatch({ number, isCold }: Generation): Promise<number> {
    const { store, tables, logs } = this.projection;
    return this.unitOfWork.run(async () => {
      if (!(await store.claimClearing(number))) return 0;
      const consumers = logs.flatMap((log) => log.consumers(number));
      let removed = await store.removeHandled(consumers, BATCH);
      for (const table of tables) removed += await store.removeRows(table, number, BATCH);
      for (const [nth, log] of logs.entries()) removed += await this.clearDeliveries(log, nth, number);
      if (removed === 0 && isCold) await store.forget(number);
      return removed;
    });
  }

  private async clearDeliveries(log: ProjectedLog, nth: number, generation: number): Promise<number> {
    const place = `${generation}/${nth}`;
    const reached = await log.removeDeliveries(generation, this.cleared.get(place) ?? '0');
    if (reached === undefined) return 0;
    this.cleared.set(place, reached);
    return 1;
  }

  private async withBacklog(generation: Generation) {
    const { logs } = this.projection;
    return { ...generation, backlog: together(await Promise.all(logs.map((log) => log.backlog(generation.number)))) };
  }
}
