import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ReplicationFailing } from './handover-errors.js';
import type { HandoverRecord } from './record.js';
import { replicationName } from './replication.js';
import type { Side } from './side.js';

const { escapeIdentifier: quoted } = pg;
/** How long the server may take to end the connections by which the target follows, in milliseconds. */
const END_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** Takes away at the source what was made for replicating: slots, publication, role. May be repeated. */
export async function stopPublishing(source: Side, record: HandoverRecord): Promise<void> {
  const name = replicationName(record.id);
  const [role] = await source.rows('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  if (role !== undefined) {
    // A target that still follows would take the slots again, and make new ones for its copies.
    await source.client.query(`ALTER ROLE ${quoted(name)} NOLOGIN`);
    // Who made a role may drop it, and yet may not end its sessions.
    await source.client.query(`GRANT ${quoted(name)} TO CURRENT_USER WITH INHERIT TRUE`);
  }
  await dropSlots(source, record);
  await source.client.query(`DROP PUBLICATION IF EXISTS ${quoted(name)}`);
  if (role === undefined) return;
  await source.asOwner([
    `REVOKE ALL ON ALL TABLES IN SCHEMA ${source.schema} FROM ${quoted(name)}`,
    `REVOKE ALL ON SCHEMA ${source.schema} FROM ${quoted(name)}`,
  ]);
  await source.client.query(`DROP ROLE ${quoted(name)}`);
}

/** The handover's own, and those that the target's server made for its copies, until a look finds no more and nobody who makes one. */
async function dropSlots(source: Side, { id, notes, peer }: HandoverRecord): Promise<void> {
  const name = replicationName(id);
  const [system] = peer.identity.split('/');
  const deadline = Date.now() + END_MS;
  for (;;) {
    const ended = await source.rows(END_SESSIONS, [name]);
    const dropped = ended.length > 0 ? [] : await source.rows(DROP_SLOTS, [name, notes.subscriptions ?? [], system]);
    if (ended.length + dropped.length === 0) return;
    if (Date.now() > deadline) {
      throw new ReplicationFailing(
        `the source's server has not ended the sessions of the role ${name} within ${END_MS / 1000} s.`,
        'Run the command again.',
      );
    }
    await sleep(LOOK_EVERY_MS);
  }
}

const END_SESSIONS = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1';

/**
 * The slot of a copy is called after the subscription, the table and the system that copies: ReplicationSlotNameForTablesync in
 * https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/replication/logical/tablesync.c
 */
const DROP_SLOTS = `
  SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
  WHERE database = current_database() AND plugin = 'pgoutput' AND (slot_name = $1 OR EXISTS (
    SELECT FROM unnest($2::bigint[]) AS subscription WHERE slot_name ~ format('^pg_%s_sync_[0-9]+_%s$', subscription, $3::text)))`;
