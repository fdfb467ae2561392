import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeError, type Operation } from '@macrolith/contract';
import { currentContext } from '@macrolith/core';
import { KeyedCallUnderWay } from '../errors/keyed-call-under-way.js';
import type { KeyedOutcome, Outcome } from './keyed-outcome.js';

/** How long a process that died keeps others from calling. One that lives extends its claim. */
const CLAIM_MS = 15_000;
/** How long a duplicate waits for the first where its caller has no deadline. */
const PATIENCE_MS = 30_000;
/** Pauses between two looks for the outcome of the first. */
const FIRST_LOOK_MS = 20;
const LAST_LOOK_MS = 500;

/**
 * Calls what no transaction can hold, at most one call at a time:
 *
 *     intent committed ──▶ called ──answer or declared error──▶ outcome committed: final for the key
 *                            └────any other failure, or a crash──▶ unknown: the next call under the key calls again
 *
 * So an effect is never lost, and it happens once where the called is idempotent under the key.
 */
export async function callApart(
  operation: Operation,
  keyed: KeyedOutcome,
  work: () => Promise<unknown>,
): Promise<Outcome> {
  const until = currentContext().deadlineAt ?? Date.now() + PATIENCE_MS;
  for (let lookMs = FIRST_LOOK_MS; ; lookMs = Math.min(LAST_LOOK_MS, lookMs * 2)) {
    const claim = randomUUID();
    if (await keyed.claim(claim, CLAIM_MS)) return callUnder(claim, operation, keyed, work);
    const outcome = await keyed.read();
    if (outcome !== undefined) return outcome;
    if (Date.now() + lookMs >= until) throw new KeyedCallUnderWay(operation.id);
    await sleep(lookMs);
  }
}

async function callUnder(
  claim: string,
  operation: Operation,
  keyed: KeyedOutcome,
  work: () => Promise<unknown>,
): Promise<Outcome> {
  // A beat that fails is made good by the next; when none succeeds, another process may call, under the same key.
  const beat = setInterval(() => void keyed.extend(claim, CLAIM_MS).catch(() => {}), CLAIM_MS / 3);
  beat.unref();
  try {
    const outcome = await outcomeOf(operation, work);
    await keyed.store(outcome);
    return outcome;
  } catch (error) {
    await keyed.release(claim).catch(() => {});
    throw error;
  } finally {
    clearInterval(beat);
  }
}

async function outcomeOf(operation: Operation, work: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { value: await work() };
  } catch (error) {
    const declared = encodeError(operation, error);
    if (declared === undefined) throw error;
    return { error: declared };
  }
}
