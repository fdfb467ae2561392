import { startNats } from '@macrolith/local-services';
import { startProcess } from '../../harness/child-process.js';
import type { Contender } from '../../harness/comparison.js';
import type { Measurement } from './measurement.js';
import { OFFICES, type OfficeName } from './offices/all-offices.js';

/** The built ones, also when this file is run from its source: Node cannot run decorators. */
const OFFICE = new URL('../../../dist/suites/rpc/office-process.js', import.meta.url);
const CUSTOMER = new URL('../../../dist/suites/rpc/customer-process.js', import.meta.url);

/** Makes a contender of an office, for one measurement. */
export type Contend = (office: OfficeName, measurement: Measurement) => Contender;

/**
 * Opens every office, all on one NATS, and lets `work` have them measured. Who answers and who asks are processes of their own for each,
 * as they would be: the clients of several in one process share code that the others have made the compiler's guesses worse for.
 */
export async function withOffices<T>(work: (contend: Contend) => Promise<T>): Promise<T> {
  const nats = await startNats();
  const closing: (() => Promise<unknown>)[] = [() => nats.stop()];
  try {
    const customers = new Map<OfficeName, (measurement: Measurement) => Promise<number>>();
    for (const name of Object.keys(OFFICES) as OfficeName[]) {
      const office = await startProcess(OFFICE, [name, nats.url]);
      closing.unshift(() => office.stop());
      const customer = await startProcess(CUSTOMER, [name, nats.url]);
      closing.unshift(() => customer.stop());
      customers.set(name, (measurement) => customer.ask<number>(measurement));
    }
    return await work((office, measurement) => ({
      name: OFFICES[office].name,
      sample: () => customers.get(office)!(measurement),
    }));
  } finally {
    for (const close of closing) await close();
  }
}
