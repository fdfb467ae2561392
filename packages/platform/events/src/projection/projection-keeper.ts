import { context, currentContext, InstalledModules, Shutdown, UnitOfWork } from '@macrolith/core';
import { Database } from '@macrolith/data';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Relay } from '../relay/relay.js';
import { RELAY_OPTIONS, type RelayOptions } from '../relay/relay-options.js';
import { RelayedLogs } from '../relay/relayed-logs.js';
import { type Subscription, SubscriptionRegistry } from '../subscription/subscription-registry.js';
import { SubscriptionsFeature } from '../subscription/subscriptions.js';
import { GenerationStore } from './generation-store.js';
import { ProjectedLog } from './projected-log.js';
import { type ProjectionDeclaration, projectionOf } from './projection.js';
import { ProjectionNameTaken, UnknownProjection } from './projection-errors.js';
import type { ProjectionStatus } from './projection-status.js';
import { ProjectionUpkeep } from './projection-upkeep.js';
import { ProjectionHost } from './projections.js';

const NOBODY = Object.freeze({});

/** How often a generation that is being built is looked at. What it may lack when it begins to answer is as old at most. */
const BUILDING_LOOK_MS = 500;

/** Whoever had begun with a message is done, or has long been taken for dead, after so many times the patience with a consumer. */
const COLD_AFTER = 2;

/** Keeps up the projections of this process's modules: begins, switches and clears away. Any number of processes may. */
@Injectable()
export class ProjectionKeeper extends ProjectionHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly kept = new Map<string, ProjectionUpkeep>();
  private readonly logger = new Logger('Projections');
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private stopped = false;

  constructor(
    installed: InstalledModules,
    private readonly logs: RelayedLogs,
    private readonly subscriptions: SubscriptionRegistry,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly relay: Relay,
    @Inject(RELAY_OPTIONS) private readonly options: RelayOptions,
    private readonly shutdown: Shutdown,
  ) {
    super();
    for (const { manifest, features } of installed.all) {
      for (const feature of features) {
        if (!(feature instanceof SubscriptionsFeature)) continue;
        for (const subscriber of feature.subscribers) {
          const declaration = projectionOf(subscriber);
          if (declaration !== undefined) this.keep(manifest.name, declaration);
        }
      }
    }
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.kept.size === 0) return;
    for (const upkeep of this.kept.values()) await upkeep.begin();
    if (!this.options.enabled) return;
    await this.relay.sweepAll();
    this.lookIn(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.shutdown.waitFor('work', this.looking);
  }

  override status(module: string, projection: string): Promise<ProjectionStatus> {
    return this.find(module, projection).status();
  }

  override async rebuild(module: string, projection: string): Promise<void> {
    const started = await this.find(module, projection).rebuild();
    if (!started || !this.options.enabled) return;
    const { transaction } = currentContext();
    if (transaction === undefined) this.lookIn(0);
    else transaction.afterCommit(() => this.lookIn(0));
  }

  private find(module: string, projection: string): ProjectionUpkeep {
    const upkeep = this.kept.get(`${module}.${projection}`);
    if (upkeep === undefined) throw new UnknownProjection(module, projection);
    return upkeep;
  }

  private keep(module: string, { name, tables }: ProjectionDeclaration): void {
    const key = `${module}.${name}`;
    if (this.kept.has(key)) throw new ProjectionNameTaken(module, name);
    const database = this.database.of(module);
    const store = new GenerationStore(database, name, COLD_AFTER * this.options.patienceMs);
    const logs = this.logsOf(
      this.subscriptions.all.filter((each) => each.module === module && each.projection === name),
    );
    this.kept.set(key, new ProjectionUpkeep({ module, name, tables, logs, store }, this.unitOfWork));
  }

  private logsOf(subscriptions: readonly Subscription[]): readonly ProjectedLog[] {
    return this.logs.all.flatMap((log) => {
      const heard = subscriptions.filter((subscription) => log.carries(subscription));
      return heard.length === 0 ? [] : [new ProjectedLog(log, heard, this.database.of(log.module), this.unitOfWork)];
    });
  }

  private lookIn(ms: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      // Nothing of the call that happened to set the timer is the look's business.
      this.looking = context.run(NOBODY, () => this.lookAtAll());
    }, ms);
    this.timer.unref();
  }

  private async lookAtAll(): Promise<void> {
    let soon = false;
    for (const [name, upkeep] of this.kept) {
      try {
        soon = (await upkeep.look()) || soon;
      } catch (error) {
        // What was half done was rolled back, and the next look goes on.
        this.logger.warn(`The projection '${name}' cannot be looked after now. ${error}`);
      }
    }
    if (soon) await this.relay.sweepAll();
    this.lookIn(soon ? Math.min(BUILDING_LOOK_MS, this.options.sweepMs) : this.options.sweepMs);
  }
}
