import { begin, prepareTarget } from './preparation.js';
import type { Progress } from './progress.js';
import { type HandoverRecord, isSwitched, type Phase, phaseStatement, readRecord } from './record.js';
import { movedTables } from './relations.js';
import { type HostAndPort, Replication } from './replication.js';
import type { Side } from './side.js';
import { stopPublishing } from './source-cleanup.js';
import { openTarget, type Pair, switchOver, verifyAtLeisure } from './switch-over.js';
import { caughtUp, copied } from './waiting.js';

export interface HandoverOptions {
  /** How long writers may wait at the most, in milliseconds. */
  readonly pauseMs: number;
  /** Whether to switch, or to stop before it with the target following. */
  readonly isToSwitch: boolean;
  /** Where the target's server finds the source's. */
  readonly sourceHost: HostAndPort;
  /** Makes the module's roles, schema and tables at the target. */
  readonly migrate: () => Promise<void>;
  readonly progress: Progress;
}

/**
 * Hands a module over from one database to another. Each step is noted at the source when it is done, and each can be done again,
 * so the command may die anywhere and be run once more.
 *
 * 1. prepare: everything is checked; the module's migrations make its tables at the target, closed to everybody.
 * 2. copy, 3. catch up: PostgreSQL replicates; the source serves.
 * 4. verify: both sides are compared at one moment.
 * 5. switch: one transaction at the source takes away all rights to write there.
 * 6. The target is opened, and what was made for replicating is taken away.
 *
 * @returns how far it has come: `verified` when it was not to switch, else `done`
 */
export async function handOver(source: Side, target: Side, options: HandoverOptions): Promise<Phase> {
  const record = await begin(source, target);
  const replication = new Replication(source, target, record.id, options.sourceHost);
  if (!isSwitched(record.phase)) {
    const pair = await followingPair(record, source, target, replication, options);
    if (!options.isToSwitch) return 'verified';
    const pausedMs = await switchOver(pair);
    options.progress.done('switch', `writers waited ${pausedMs} ms, and nobody may write at the source any more`);
  }
  if (record.phase === 'done' || record.phase === 'dropped') return record.phase;
  await openTarget(target, replication);
  await stopPublishing(source, (await readRecord(source))!);
  await source.client.query(phaseStatement(source, 'done'));
  options.progress.done('open', `the target serves; subscription, publication and slot are gone`);
  return 'done';
}

/** Everything up to the switch. */
async function followingPair(
  record: HandoverRecord,
  source: Side,
  target: Side,
  replication: Replication,
  { migrate, progress, pauseMs }: HandoverOptions,
): Promise<Pair> {
  const note = (phase: Phase) => source.client.query(phaseStatement(source, phase));
  const tables = await prepareTarget(record, source, target, migrate);
  await replication.publish(tables);
  await replication.makeSlot();
  await replication.subscribe();
  progress.done('prepare', `${tables.length} tables; PostgreSQL ${source.facts.version} to ${target.facts.version}`);

  if (record.phase === 'preparing') await note('copying');
  await copied(replication, progress);
  progress.done('copy', `${tables.length} of ${tables.length} tables`);

  if (record.phase === 'preparing' || record.phase === 'copying') await note('catching-up');
  await caughtUp(source, replication, progress);
  progress.done('catch up', 'the target follows closely');

  const pair = { source, target, tables: await movedTables(source), replication, pauseMs, progress };
  if (record.phase !== 'verified') {
    const pausedMs = await verifyAtLeisure(pair);
    await note('verified');
    progress.done('verify', `both sides are the same; writers waited ${pausedMs} ms`);
  }
  return pair;
}
