import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startNats } from '@macrolith/local-services';
import { OFFICES, type OfficeName } from './offices/all-offices.js';
import type { Customer } from './offices/office.js';

/** The built one, also when this file is run from its source: Node cannot run decorators. */
const OFFICE = fileURLToPath(new URL('../../../dist/suites/rpc/office-process.js', import.meta.url));

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
      closing.unshift(await openOffice(name, nats.url));
      const customer = await OFFICES[name].customer(nats.url);
      closing.unshift(() => customer.close());
      customers[name] = { ...customer, name: OFFICES[name].name };
    }
    return await work(customers as Record<OfficeName, OpenOffice>);
  } finally {
    for (const close of closing) await close();
  }
}

async function openOffice(name: OfficeName, natsUrl: string): Promise<() => Promise<unknown>> {
  const child = fork(OFFICE, [name, natsUrl], { silent: true });
  let complaint = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    complaint += chunk.toString('utf8');
  });
  const ended = once(child, 'exit');
  const opened = once(child, 'message');
  const failed = ended.then(([code]) => {
    throw new Error(`The office '${name}' ended (exit code ${code}):\n${complaint}`);
  });
  failed.catch(() => {});
  await Promise.race([opened, failed]);
  return async () => {
    if (child.exitCode === null) child.send('close');
    await ended;
  };
}
