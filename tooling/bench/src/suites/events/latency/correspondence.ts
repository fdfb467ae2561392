import { setTimeout as pause } from 'node:timers/promises';
import type { Contender } from '../../../harness/comparison.js';
import type { Courier } from '../couriers/courier.js';
import type { Sale } from '../sale.js';

/** A publisher, and how one learns when its handler began. */
export interface Correspondence {
  readonly courier: Courier;
  /** `at` is of the machine's monotonic clock, which is the same in every process. */
  readonly heard: { by: (sale: Sale, at: bigint) => void };
  close(): Promise<void>;
}

/** Between two letters: long enough that the second finds everybody at rest. */
const PAUSE_MS = 10;

let batches = 0;

/** Milliseconds from the answer to the COMMIT until the handler begins, at a percentile of so many letters in turn. */
export function latency(name: string, correspondence: Correspondence, letters: number, percentile: number): Contender {
  return {
    name,
    async sample() {
      batches += 1;
      const delays: number[] = [];
      for (let number = 0; number < letters; number += 1) {
        delays.push(await delayOf(correspondence, { batch: batches, number, key: `${batches}/${number}` }));
        await pause(PAUSE_MS);
      }
      return quantile(delays, percentile / 100);
    },
  };
}

async function delayOf({ courier, heard }: Correspondence, sale: Sale): Promise<number> {
  const { promise: handled, resolve } = Promise.withResolvers<bigint>();
  heard.by = ({ batch, number }, at) => {
    if (batch === sale.batch && number === sale.number) resolve(at);
  };
  await courier.publish(sale);
  const committedAt = process.hrtime.bigint();
  const handledAt = await handled;
  // A handler in another process may begin before the publisher has read the answer to its COMMIT.
  return Math.max(0.001, Number(handledAt - committedAt) / 1e6);
}

/** The smallest value that a share `share` of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!;
}
