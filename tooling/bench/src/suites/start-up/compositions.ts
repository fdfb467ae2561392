import type { SuiteOptions } from '../../harness/comparison.js';
import { withDatabase } from '../../harness/disposable-database.js';
import { startChild } from './start-child.js';
import type { Start } from './started.js';

/** What is started, on both sides alike. */
export interface Composition {
  readonly case: string;
  readonly start: Omit<Start, 'side'>;
}

const FULL_SIZE = 100;
const QUICK_SIZE = 10;

/** Hands out the compositions one after the other, on databases that are migrated already. */
export async function eachComposition(
  { quick }: SuiteOptions,
  work: (composition: Composition) => Promise<void>,
): Promise<void> {
  const modules = quick ? QUICK_SIZE : FULL_SIZE;
  const onDatabase = (name: string, start: Omit<Start, 'side'>) =>
    withDatabase(async (databaseUrl) => {
      const complete = { ...start, databaseUrl };
      await startChild({ ...complete, side: 'macrolith' });
      await work({ case: name, start: complete });
    });
  await onDatabase('the shell', { composition: 'shell' });
  await onDatabase(`${modules} modules with a database`, { composition: 'synthetic', modules });
  await work({ case: `${modules} modules without a database`, start: { composition: 'synthetic', modules } });
}
