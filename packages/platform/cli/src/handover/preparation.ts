import { randomUUID } from 'node:crypto';
import { MIGRATIONS_TABLE } from '@macrolith/data/handover';
import { closeTargetStatements } from './fence.js';
import { AbortUnfinished, AlreadySwitched, OtherTarget, StillArriving } from './handover-errors.js';
import { LeftAtTarget, NotAtSource, TargetNotEmpty } from './preparation-errors.js';
import { type HandoverRecord, isFrom, isSwitched, readRecord, recordStatements } from './record.js';
import { type MovedTable, movedTables, refuseDifferences, refuseOtherMigrations } from './relations.js';
import { refuseDirectEvents, refuseRows, refuseUnready } from './requirements.js';
import { addressOf, type Side } from './side.js';

/**
 * Begins a handover, or finds the one that was begun. Everything is checked before the first change; the first change is the note
 * at the source, and from it on a run that was killed goes on where it was.
 */
export async function begin(source: Side, target: Side): Promise<HandoverRecord> {
  const { module } = source.place;
  const known = await readRecord(source);
  if (known !== undefined) {
    if (known.side === 'target') throw new StillArriving(module, addressOf(known.peer));
    const there = addressOf(known.peer);
    if (known.phase === 'aborting') throw new AbortUnfinished(module, there);
    if (known.peer.identity === target.facts.identity) return known;
    throw isSwitched(known.phase) ? new AlreadySwitched(module, there) : new OtherTarget(module, there);
  }
  await refuseUnknown(source);
  await refuseOtherMigrations(source);
  await movedTables(source);
  await refuseUnready(source, target);
  await refuseDirectEvents(source);
  await refuseUsed(source, target);
  await source.asOwner(recordStatements(source, randomUUID(), target));
  return (await readRecord(source))!;
}

/**
 * Makes the module's roles, schema and tables at the target by its own migrations, empties what they filled, and lets nobody write
 * there but replication.
 */
export async function prepareTarget(
  { id }: HandoverRecord,
  source: Side,
  target: Side,
  migrate: () => Promise<void>,
): Promise<readonly MovedTable[]> {
  const mark = await readRecord(target);
  if (mark?.id !== id) {
    // Once more, since the run that looked first may have been killed long ago.
    await refuseUsed(source, target);
    if (mark !== undefined) await target.client.query(`DROP SCHEMA ${target.schema} CASCADE`);
    await migrate();
    const made = await movedTables(target);
    await target.asOwner([
      ...recordStatements(target, id, source),
      ...closeTargetStatements(target, made),
      ...(await emptyStatements(target, made)),
    ]);
  }
  await refuseDifferences(source, target);
  return movedTables(source);
}

async function refuseUnknown(source: Side): Promise<void> {
  const [found] = await source.rows<{ is: boolean }>('SELECT to_regclass($1) IS NOT NULL AS is', [
    source.table(MIGRATIONS_TABLE),
  ]);
  if (!found!.is) throw new NotAtSource(source.place.module, source.address);
}

/** What a handover from there has left behind once it was dropped is no hindrance to a return. */
async function refuseUsed(source: Side, target: Side): Promise<void> {
  const mark = await readRecord(target);
  if (mark !== undefined && isFrom(source, mark)) throw new LeftAtTarget(source.place.module, target.address);
  if (mark !== undefined && mark.phase !== 'dropped') {
    throw new TargetNotEmpty(target.place.schema, [
      `${target.place.schema} (a handover ${mark.side === 'source' ? 'to' : 'from'} ${addressOf(mark.peer)})`,
    ]);
  }
  if (mark === undefined) await refuseRows(target);
}

/** Rows that a migration writes come over with the others. */
async function emptyStatements(target: Side, tables: readonly MovedTable[]): Promise<readonly string[]> {
  const filled: string[] = [];
  for (const { name } of tables) {
    const [found] = await target.rows<{ any: boolean }>(`SELECT EXISTS (SELECT FROM ${target.table(name)}) AS any`);
    if (found!.any) filled.push(target.table(name));
  }
  return filled.length === 0 ? [] : [`TRUNCATE ${filled.join(', ')} CASCADE`];
}
