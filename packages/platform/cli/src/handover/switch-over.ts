import { HANDOVER_TABLE } from '@macrolith/data/handover';
import pg from 'pg';
import { type ComparedTable, compareContents, isSame } from './contents.js';
import { fenceStatements, openTargetStatements } from './fence.js';
import { Freeze } from './freeze.js';
import { ContentsDiffer } from './handover-errors.js';
import type { Progress } from './progress.js';
import { phaseStatement } from './record.js';
import { type MovedTable, movedSequences, movedTables, refuseDifferences } from './relations.js';
import type { Replication } from './replication.js';
import { connectAgainToAll, endAll, type Side } from './side.js';
import { caughtUpTo, touch } from './waiting.js';

/** What the two sides of a handover work with. */
export interface Pair {
  readonly source: Side;
  readonly target: Side;
  readonly tables: readonly MovedTable[];
  readonly replication: Replication;
  /** How long writers may wait at the most, in milliseconds. */
  readonly pauseMs: number;
  readonly progress: Progress;
}

/**
 * Compares the whole of both sides at one moment while the source goes on serving: writers wait until what they wrote has arrived
 * and both sides have a snapshot of it, and not while the snapshots are read.
 * @returns how long they waited, in milliseconds
 * @throws ContentsDiffer
 */
export async function verifyAtLeisure(pair: Pair): Promise<number> {
  const { source, target, tables, replication, pauseMs } = pair;
  const readers = await connectAgainToAll([source, target]);
  try {
    const freeze = await Freeze.of(source, tables, pauseMs);
    try {
      await caughtUpTo(replication, await replication.position(touch(source)), () =>
        freeze.refuseTooLong('catching up'),
      );
      for (const reader of readers) await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      for (const reader of readers) await reader.query('SELECT');
    } finally {
      await freeze.release();
    }
    const pausedMs = freeze.lastedMs;
    await compare(pair, readers);
    return pausedMs;
  } finally {
    await endAll(readers);
  }
}

/**
 * The switch. Writers wait; what they wrote arrives; sequences follow; both sides are compared; and one transaction of the source
 * notes the switch and takes away every right to write there. Until it commits, whatever goes wrong lets the writers go on.
 * @returns how long they waited, in milliseconds
 */
export async function switchOver(pair: Pair): Promise<number> {
  const { source, target, tables, replication, pauseMs } = pair;
  const readers = await connectAgainToAll([source, target]);
  const freeze = await Freeze.of(source, tables, pauseMs).catch(async (error) => {
    await endAll(readers);
    throw error;
  });
  try {
    await refuseDifferences(source, target);
    await caughtUpTo(replication, await replication.position(touch(source)), () => freeze.refuseTooLong('catching up'));
    await moveSequences(source, target);
    await freeze.within('comparing both sides', compare(pair, readers));
    await freeze.refuseTooLong('comparing both sides');
    await freeze.commit([phaseStatement(source, 'switched'), ...fenceStatements(source)]);
    return freeze.lastedMs;
  } catch (error) {
    await freeze.release();
    throw error;
  } finally {
    await endAll(readers);
  }
}

/** The target stops following and lets the module in. May be repeated. */
export async function openTarget(target: Side, replication: Replication): Promise<void> {
  const stop = (await replication.isSubscribed()) ? replication.stopStatements : [];
  await target.transaction([
    ...stop,
    `SET LOCAL ROLE ${pg.escapeIdentifier(target.place.owner)}`,
    ...openTargetStatements(target, await movedTables(target)),
    `DROP TABLE IF EXISTS ${target.table(HANDOVER_TABLE)}`,
  ]);
}

async function compare({ source, target, tables, progress }: Pair, [from, to]: readonly pg.Client[]): Promise<void> {
  const all = await compareContents(tables, [source, from!], [target, to!], (table: ComparedTable) =>
    progress.compared(table),
  );
  const different = all.filter((table) => !isSame(table));
  if (different.length > 0) throw new ContentsDiffer(different.map(differenceText));
}

function differenceText({ table, source, target }: ComparedTable): string {
  if (source.rows !== target.rows) return `${table} (${source.rows} rows at the source, ${target.rows} at the target)`;
  return `${table} (as many rows, with other contents)`;
}

/** Replication does not carry them. */
async function moveSequences(source: Side, target: Side): Promise<void> {
  const names = await movedSequences(source);
  if (names.length === 0) return;
  const values = names.map(
    (name) => `SELECT ${pg.escapeLiteral(name)} AS name, last_value AS value, is_called FROM ${source.table(name)}`,
  );
  const rows = await source.rows<{ name: string; value: string; is_called: boolean }>(values.join(' UNION ALL '));
  await target.asOwner(
    rows.map(
      ({ name, value, is_called }) => `SELECT setval(${pg.escapeLiteral(target.table(name))}, ${value}, ${is_called})`,
    ),
  );
}
