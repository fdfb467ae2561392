import { startNats } from '@macrolith/local-services';
import { startProcess } from '../../harness/child-process.js';
import type { Comparison, Contender } from '../../harness/comparison.js';
import type { Measurement } from './measurement.js';
import { OFFICES, type OfficeName } from './offices/all-offices.js';

/** The built ones, also when this file is run from its source: Node cannot run decorators. */
const OFFICE = new URL('../../../dist/suites/rpc/office-process.js', import.meta.url);
const CUSTOMER = new URL('../../../dist/suites/rpc/customer-process.js', import.meta.url);

/** Ours is the first. */
const ORDER: readonly OfficeName[] = ['macrolith', 'raw', 'nest', 'moleculer'];

/** Ours and its peers, all measured alike. */
export type Contenders = (measurement: Measurement) => Pick<Comparison, 'ours' | 'peers'>;

/**
 * Opens every office, all on one NATS, and lets `work` have them measured. Who answers and who asks are processes of their own for each,
 * as they would be: the clients of several in one process share code that the others have made the compiler's guesses worse for.
 */
export async function withOffices<T>(work: (contenders: Contenders) => Promise<T>): Promise<T> {
  const nats = await startNats();
  const closing: (() => Promise<unknown>)[] = [() => nats.stop()];
  try {
    const open: ((measurement: Measurement) => Contender)[] = [];
    for (const name of ORDER) {
      const office = await startProcess(OFFICE, [name, nats.url]);
      closing.unshift(() => office.stop());
      const customer = await startProcess(CUSTOMER, [name, nats.url]);
      closing.unshift(() => customer.stop());
      open.push((measurement) => ({ name: OFFICES[name].name, sample: () => customer.ask<number>(measurement) }));
    }
    return await work((measurement) => {
      const [ours, ...peers] = open.map((contender) => contender(measurement));
      return { ours: ours!, peers };
    });
  } finally {
    for (const close of closing) await close();
  }
}
