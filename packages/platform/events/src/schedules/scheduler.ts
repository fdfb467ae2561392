import { Clock, context, Shutdown, UnitOfWork } from '@macrolith/core';
import { Database } from '@macrolith/data';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { RELAY_OPTIONS, type RelayOptions } from '../relay/relay-options.js';
import { TaskRules } from '../tasks/task-rules.js';
import { TaskSink } from '../tasks/tasks.js';
import { ModuleSchedules } from './module-schedules.js';

/** The longest it sleeps: the clock of a machine may be set meanwhile. */
const LONGEST_SLEEP_MS = 300_000;
/** How soon it looks again when the database could not be asked. */
const RETRY_MS = 5_000;

/** Keeps the schedules of the modules of this process, where messages are delivered too. Any number of processes may. */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Scheduler');
  private readonly modules: readonly ModuleSchedules[];
  private callOff: () => void = () => {};
  private looking: Promise<void> | undefined;
  private stopped = false;

  constructor(
    rules: TaskRules,
    database: Database,
    unitOfWork: UnitOfWork,
    tasks: TaskSink,
    private readonly clock: Clock,
    @Inject(RELAY_OPTIONS) private readonly options: RelayOptions,
    private readonly shutdown: Shutdown,
  ) {
    this.modules = [...rules.schedules].map(
      ([module, schedules]) => new ModuleSchedules({ database: database.of(module), unitOfWork, tasks }, schedules),
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.options.enabled || this.modules.length === 0) return;
    const now = this.clock.now();
    await Promise.all(this.modules.map((schedules) => schedules.register(now)));
    await this.look();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.callOff();
    await this.shutdown.waitFor('work', this.looking);
  }

  private look(): Promise<void> {
    // Whoever let time pass, in a test, has a context that is none of the schedules' business.
    this.looking = context.run({}, () => this.placeDue());
    return this.looking;
  }

  private async placeDue(): Promise<void> {
    let sleepMs = RETRY_MS;
    try {
      const coming = await Promise.all(this.modules.map((schedules) => schedules.placeDue(this.clock.now())));
      const next = Math.min(...coming.map((moment) => moment ?? Number.POSITIVE_INFINITY));
      sleepMs = Math.min(LONGEST_SLEEP_MS, Math.max(1, next - this.clock.now()));
    } catch (error) {
      // What has not been placed is placed later: how far each schedule has come is in the database.
      this.logger.warn(`Schedules could not be looked at now. ${error}`);
    }
    if (!this.stopped) this.callOff = this.clock.after(sleepMs, () => this.look());
  }
}
