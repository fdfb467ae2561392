import type { Courier, CourierOptions, Hearing } from '../couriers/courier.js';

/** What to open, in this process or another: a value that can be sent. */
export interface WorkerPlan {
  readonly courier: 'macrolith' | 'graphile-worker' | 'pg-boss';
  readonly name: string;
  readonly tuning: 'latency' | 'throughput';
  readonly url: string;
  readonly concurrency: number;
  readonly order: CourierOptions['order'];
  /** Sales of this batch are not told of. */
  readonly silentBatch?: number;
  /** Sales of this key fail. */
  readonly poisonedKey?: string;
}

/** Loads the code of one courier, and none of the others'. */
export async function openCourier(
  { courier, tuning, url, concurrency, order }: WorkerPlan,
  part: CourierOptions['part'],
  heard: Hearing = () => {},
): Promise<Courier> {
  const options = { url, part, concurrency, order, heard };
  if (courier === 'macrolith') return (await import('../couriers/macrolith-courier.js')).openMacrolithCourier(options);
  return courier === 'graphile-worker'
    ? (await import('../couriers/graphile-courier.js')).openGraphileCourier(options, tuning)
    : (await import('../couriers/pg-boss-courier.js')).openPgBossCourier(options, tuning);
}
