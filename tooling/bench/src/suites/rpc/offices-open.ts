import { startNats } from '@macrolith/local-services';
import { startProcess } from '../../harness/child-process.js';
import { OFFICES, type OfficeName } from './offices/all-offices.js';
import type { Customer } from './offices/office.js';

/** The built one, also when this file is run from its source: Node cannot run decorators. */
const OFFICE = new URL('../../../dist/suites/rpc/office-process.js', import.meta.url);

export interface OpenOffice extends Customer {
  readonly name: string;
}

/** Hands `work` a customer of every office, each office in a process of its own and all on one NATS. */
export async function withOffices<T>(work: (customers: Record<OfficeName, OpenOffice>) => Promise<T>): Promise<T> {
  const nats = await startNats();
  const closing: (() => Promise<unknown>)[] = [() => nats.stop()];
  try {
    const customers: Partial<Record<OfficeName, OpenOffice>> = {};
    for (const name of Object.keys(OFFICES) as OfficeName[]) {
      const office = await startProcess(OFFICE, [name, nats.url]);
      closing.unshift(() => office.stop());
      const customer = await OFFICES[name].customer(nats.url);
      closing.unshift(() => customer.close());
      customers[name] = { ...customer, name: OFFICES[name].name };
    }
    return await work(customers as Record<OfficeName, OpenOffice>);
  } finally {
    for (const close of closing) await close();
  }
}
