import { type Phase, readRecord } from './record.js';
import { Replication, type ReplicationState } from './replication.js';
import { addressOf, type Side } from './side.js';

/** Where a handover stands. */
export interface HandoverStatus {
  readonly module: string;
  readonly source: string;
  /** `none` when the module is not being handed over from there. */
  readonly phase: Phase | 'none';
  readonly target?: string;
  readonly startedAt?: Date;
  readonly changedAt?: Date;
  /** Only while the target follows, and only if it is named. */
  readonly replication?: ReplicationState;
}

/** @throws ReplicationFailing */
export async function statusOf(source: Side, target: Side | undefined): Promise<HandoverStatus> {
  const record = await readRecord(source);
  const where = { module: source.place.module, source: source.address };
  if (record?.side !== 'source') return { ...where, phase: 'none' };
  const { phase, peer, startedAt, changedAt } = record;
  const status = { ...where, phase, target: addressOf(peer), startedAt, changedAt };
  const isFollowing = phase === 'copying' || phase === 'catching-up' || phase === 'verified';
  if (!isFollowing || target?.facts.identity !== peer.identity) return status;
  return { ...status, replication: await new Replication(source, target, record.id).state() };
}
