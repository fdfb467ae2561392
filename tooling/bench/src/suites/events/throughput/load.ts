import { setTimeout as pause } from 'node:timers/promises';
import type { Contender } from '../../../harness/comparison.js';
import type { Courier } from '../couriers/courier.js';

export interface Load {
  /** Events of a sample. */
  readonly events: number;
  /** Among so many keys, in turn. */
  readonly keys: number;
  /** Publishers at once, each with one transaction at a time. */
  readonly publishers: number;
}

const LOOK_EVERY_MS = 5;

let batches = 0;

/** Events per second, from the first change until the last effect is committed and nothing is owed any more. */
export function throughput(name: string, courier: Courier, load: Load): Contender {
  return {
    name,
    async sample() {
      const start = process.hrtime.bigint();
      await publishAll(courier, load);
      while (!(await courier.isIdle())) await pause(LOOK_EVERY_MS);
      return (load.events * 1e9) / Number(process.hrtime.bigint() - start);
    },
  };
}

/** The numbers within a key ascend in the order in which they are committed. Answers the batch's number. */
export async function publishAll(courier: Courier, { events, keys, publishers }: Load): Promise<number> {
  batches += 1;
  const batch = batches;
  const publish = async (publisher: number) => {
    // Each publisher has keys of its own: what two say of one key at once has no order that one could ask for.
    const own = Array.from({ length: keys }, (_, key) => key).filter((key) => key % publishers === publisher);
    for (let nth = 0; nth * publishers + publisher < events; nth += 1) {
      await courier.publish({ batch, number: nth, key: `${batch}/${own[nth % own.length]}` });
    }
  };
  await Promise.all(Array.from({ length: publishers }, (_, publisher) => publish(publisher)));
  return batch;
}
