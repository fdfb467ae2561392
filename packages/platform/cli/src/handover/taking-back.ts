import { HANDOVER_TABLE } from '@macrolith/data/handover';
import pg from 'pg';
import { AlreadySwitched, NotSwitched, OtherTarget } from './handover-errors.js';
import { type HandoverRecord, isFrom, isSwitched, phaseStatement, readRecord, recordStatements } from './record.js';
import { Replication } from './replication.js';
import { addressOf, type Side } from './side.js';
import { stopPublishing } from './source-cleanup.js';

/**
 * Takes back a handover that has not been switched: the source is as before. What has come to the target is removed there, if the
 * target is named, also when the source knows of the handover no more.
 * @returns what there was
 * @throws AlreadySwitched, NotSwitched, OtherTarget
 */
export async function abort(source: Side, target: Side | undefined): Promise<HandoverRecord> {
  const { module } = source.place;
  const record = await readRecord(source);
  const mark = target && (await readRecord(target));
  if (record === undefined && mark !== undefined && isFrom(source, mark)) {
    await clearTarget(source, target!, mark);
    return mark;
  }
  if (record?.side !== 'source') throw new NotSwitched(module, undefined);
  if (isSwitched(record.phase)) throw new AlreadySwitched(module, addressOf(record.peer));
  if (target !== undefined && record.peer.identity !== target.facts.identity)
    throw new OtherTarget(module, addressOf(record.peer));
  await source.client.query(phaseStatement(source, 'aborting'));
  if (target !== undefined) await clearTarget(source, target, record);
  await stopPublishing(source, record);
  const changed = record.notes.fullIdentity ?? [];
  for (const table of changed) {
    await source.asOwner([`ALTER TABLE ${source.table(table)} REPLICA IDENTITY DEFAULT`]);
  }
  await source.asOwner([`DROP TABLE ${source.table(HANDOVER_TABLE)}`]);
  return record;
}

async function clearTarget(source: Side, target: Side, { id }: HandoverRecord): Promise<void> {
  await new Replication(source, target, id).unsubscribe();
  if ((await readRecord(target))?.id === id) await target.client.query(`DROP SCHEMA ${target.schema} CASCADE`);
}

/**
 * Removes what a handover that is done has left at the source. The schema stays, with the note of where the module lives: a process
 * that somebody forgot would make empty tables otherwise, and serve from them.
 * @throws NotSwitched
 */
export async function dropSource(source: Side): Promise<HandoverRecord> {
  const record = await readRecord(source);
  const isDone = record?.side === 'source' && (record.phase === 'done' || record.phase === 'dropped');
  if (!isDone) throw new NotSwitched(source.place.module, record?.side === 'source' ? record.phase : undefined);
  const owner = pg.escapeIdentifier(source.place.owner);
  const { peer, id } = record;
  const table = source.table(HANDOVER_TABLE);
  const there = { place: { location: peer }, facts: { identity: peer.identity } };
  await source.transaction([
    `DROP SCHEMA ${source.schema} CASCADE`,
    `CREATE SCHEMA ${source.schema} AUTHORIZATION ${owner}`,
    `SET LOCAL ROLE ${owner}`,
    ...recordStatements(source, id, there),
    `UPDATE ${table} SET phase = 'dropped', is_open = false`,
    `REVOKE CREATE ON SCHEMA ${source.schema} FROM ${owner}`,
  ]);
  return record;
}
