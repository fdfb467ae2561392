import type { HandoverPeer } from '@macrolith/data';
import { HANDOVER_TABLE, HANDOVER_TABLE_COLUMNS } from '@macrolith/data/handover';
import pg from 'pg';
import type { Side } from './side.js';

/**
 * How far a handover has come, as the source notes it.
 *
 * `preparing` → `copying` → `catching-up` → `verified` → `switched` → `done` → `dropped`
 *
 * Up to `verified` the source serves, and all can be taken back: it is `aborting` then, and cannot go on any more. The transaction
 * that notes `switched` also takes away the rights to write at the source: from there on the module lives at the target, whatever
 * happens to this command.
 */
export const PHASES = [
  'aborting',
  'preparing',
  'copying',
  'catching-up',
  'verified',
  'switched',
  'done',
  'dropped',
] as const;
export type Phase = (typeof PHASES)[number];

/** The other side, and by what it is known again under another name. */
export interface Peer extends HandoverPeer {
  readonly identity: string;
}

/** What has to be known to take a handover back, noted at the source before it is done. */
export interface HandoverNotes {
  /** Tables whose replica identity was changed for the time of the handover. */
  readonly fullIdentity?: readonly string[];
  /** The subscriptions that were made for it, by their oids at the target: by them its server names the slots of its copies. */
  readonly subscriptions?: readonly number[];
}

export interface HandoverRecord {
  readonly id: string;
  readonly side: 'source' | 'target';
  readonly peer: Peer;
  readonly phase: Phase;
  readonly notes: HandoverNotes;
  readonly startedAt: Date;
  readonly changedAt: Date;
}

export const isSwitched = (phase: Phase) => PHASES.indexOf(phase) >= PHASES.indexOf('switched');

/** Whether a target's mark says that the module is on its way to it from that source. */
export const isFrom = (source: Side, mark: HandoverRecord) =>
  mark.side === 'target' && mark.peer.identity === source.facts.identity;

/** What a side says about a handover of the module, if anything. */
export async function readRecord(side: Side): Promise<HandoverRecord | undefined> {
  const table = side.table(HANDOVER_TABLE);
  const [there] = await side.rows<{ is: boolean }>('SELECT to_regclass($1) IS NOT NULL AS is', [table]);
  if (!there!.is) return undefined;
  const [record] = await side.rows<HandoverRecord>(
    `SELECT id, side, peer, phase, notes, started_at AS "startedAt", changed_at AS "changedAt" FROM ${table}`,
  );
  return record;
}

/** The statements that note a new handover at a side; they run as the owner of its schema. */
export function recordStatements(
  side: Side,
  id: string,
  other: { readonly place: { readonly location: HandoverPeer }; readonly facts: { readonly identity: string } },
): readonly string[] {
  const table = side.table(HANDOVER_TABLE);
  const { host, port, database } = other.place.location;
  const peer: Peer = { host, port, database, identity: other.facts.identity };
  const values = [id, side.name, side.name === 'source', JSON.stringify(peer), 'preparing'] satisfies (
    | string
    | boolean
  )[];
  return [
    `CREATE TABLE IF NOT EXISTS ${table} ${HANDOVER_TABLE_COLUMNS}`,
    `REVOKE ALL ON ${table} FROM ${pg.escapeIdentifier(side.place.runtime)}`,
    `DELETE FROM ${table}`,
    `INSERT INTO ${table} (id, side, is_open, peer, phase) VALUES (${values.map((value) => pg.escapeLiteral(String(value))).join(', ')})`,
  ];
}

/** Adds to what one of the source's notes lists. Does nothing where it is listed already. */
export async function note<Key extends keyof HandoverNotes>(
  source: Side,
  key: Key,
  items: Required<HandoverNotes>[Key],
): Promise<void> {
  const noted: readonly unknown[] = (await readRecord(source))?.notes[key] ?? [];
  const all = [...new Set([...noted, ...items])];
  if (all.length === noted.length) return;
  const value = pg.escapeLiteral(JSON.stringify({ [key]: all }));
  await source.asOwner([`UPDATE ${source.table(HANDOVER_TABLE)} SET notes = notes || ${value}`]);
}

/** Notes how far the source's handover has come. */
export function phaseStatement(source: Side, phase: Phase): string {
  const isOpen = !isSwitched(phase);
  return `UPDATE ${source.table(HANDOVER_TABLE)} SET phase = '${phase}', is_open = ${isOpen}, changed_at = now()`;
}
