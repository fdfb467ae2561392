import type { Suite } from '../../harness/comparison.js';
import { eachComposition } from './compositions.js';
import { compareStarts, type Figure } from './figures.js';

const FIGURES: readonly Figure[] = [
  { metric: 'resident memory after gc', unit: 'MiB', of: 'rssMib' },
  { metric: 'heap after gc', unit: 'MiB', of: 'heapMib' },
];
/** Memory hardly differs from start to start. */
const ROUNDS = 5;

/** What an initialised application holds before its first request. */
export const memory: Suite = {
  name: 'memory',
  run: (run, options) =>
    eachComposition(options, async (composition) => {
      for (const comparison of compareStarts('memory', composition, FIGURES, ROUNDS)) await run(comparison);
    }),
};
