import type { Customer } from './offices/office.js';

/** What is measured in one round. */
export type Measurement =
  /** Calls one after the other: what the given share of them took at most, in microseconds. */
  | { readonly of: 'latency'; readonly calls: number; readonly share: number }
  /** So many calls at a time, in calls a second. */
  | { readonly of: 'throughput'; readonly calls: number; readonly inFlight: number };

export function measured(measurement: Measurement, customer: Customer): Promise<number> {
  return measurement.of === 'latency' ? latency(measurement, customer) : throughput(measurement, customer);
}

async function latency({ calls, share }: Extract<Measurement, { of: 'latency' }>, customer: Customer): Promise<number> {
  const took = new Float64Array(calls);
  for (let nth = 0; nth < calls; nth += 1) {
    const begun = performance.now();
    await customer.ask({ sku: '85123A', quantity: nth + 1 });
    took[nth] = performance.now() - begun;
  }
  return took.sort()[Math.floor(calls * share)]! * 1_000;
}

async function throughput(
  { calls, inFlight }: Extract<Measurement, { of: 'throughput' }>,
  customer: Customer,
): Promise<number> {
  let asked = 0;
  const asking = async (): Promise<void> => {
    while (asked < calls) {
      asked += 1;
      await customer.ask({ sku: '85123A', quantity: asked });
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: inFlight }, asking));
  return calls / ((performance.now() - begun) / 1_000);
}
