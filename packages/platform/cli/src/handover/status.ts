import { UsageError } from '../usage-error.js';
import { AbortUnfinished, HandoverError } from './handover-errors.js';
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
  /** Why the handover does not go on, or why nothing can be said of replication. */
  readonly problem?: string;
}

/** @param openTarget opens the side that is named as the target, if one is named */
export async function statusOf(source: Side, openTarget: (() => Promise<Side>) | undefined): Promise<HandoverStatus> {
  const record = await readRecord(source);
  const where = { module: source.place.module, source: source.address };
  if (record?.side !== 'source') return { ...where, phase: 'none' };
  const { phase, peer, startedAt, changedAt } = record;
  const status = { ...where, phase, target: addressOf(peer), startedAt, changedAt };
  if (phase === 'aborting')
    return { ...status, problem: new AbortUnfinished(source.place.module, addressOf(peer)).message };
  const isFollowing = phase === 'copying' || phase === 'catching-up' || phase === 'verified';
  if (!isFollowing || openTarget === undefined) return status;
  try {
    const target = await openTarget();
    if (target.facts.identity !== peer.identity) return status;
    return { ...status, replication: await new Replication(source, target, record.id).state() };
  } catch (error) {
    if (!(error instanceof HandoverError || error instanceof UsageError)) throw error;
    return { ...status, problem: error.message };
  }
}
