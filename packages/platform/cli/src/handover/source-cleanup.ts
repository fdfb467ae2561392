import pg from 'pg';
import { replicationName } from './replication.js';
import type { Side } from './side.js';

const { escapeIdentifier: quoted } = pg;
/** How long the target's connections may take to let go of a slot. */
const RELEASE_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** Takes away at the source what was made for replicating: slots, publication, role. May be repeated. */
export async function stopPublishing(source: Side, id: string): Promise<void> {
  const name = replicationName(id);
  await dropSlots(source, name);
  await source.client.query(`DROP PUBLICATION IF EXISTS ${quoted(name)}`);
  const [role] = await source.rows('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  if (role === undefined) return;
  await source.asOwner([
    `REVOKE ALL ON ALL TABLES IN SCHEMA ${source.schema} FROM ${quoted(name)}`,
    `REVOKE ALL ON SCHEMA ${source.schema} FROM ${quoted(name)}`,
  ]);
  await source.client.query(`DROP ROLE ${quoted(name)}`);
}

/** The handover's own, and those of copies that were under way: they belong to sessions of its role. */
async function dropSlots(source: Side, name: string): Promise<void> {
  const deadline = Date.now() + RELEASE_MS;
  for (;;) {
    const slots = await source.rows<{ slot: string; pid: number | null }>(SLOTS, [name]);
    if (slots.length === 0) return;
    const held = slots.filter(({ pid }) => pid !== null);
    for (const { slot } of slots.filter(({ pid }) => pid === null)) {
      await source.rows('SELECT pg_drop_replication_slot($1)', [slot]);
    }
    if (held.length > 0) {
      if (Date.now() > deadline)
        await source.rows('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS held (pid)', [
          held.map(({ pid }) => pid),
        ]);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}

const SLOTS = `SELECT slot_name AS slot, active_pid AS pid FROM pg_replication_slots WHERE slot_name = $1`;
