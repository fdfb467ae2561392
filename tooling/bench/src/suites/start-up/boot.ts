import type { Suite } from '../../harness/comparison.js';
import { eachComposition } from './compositions.js';
import { compareStarts, type Figure } from './figures.js';

const FIGURES: readonly Figure[] = [
  { metric: 'process start to initialised app', unit: 'ms', of: 'sinceProcessStartMs' },
  { metric: 'definition and initialisation', unit: 'ms', of: 'initialisationMs' },
];
const ROUNDS = 9;

/** How long a start takes on a database that needs no migration. */
export const boot: Suite = {
  name: 'boot',
  run: (run, options) =>
    eachComposition(options, async (composition) => {
      for (const comparison of compareStarts('boot', composition, FIGURES, ROUNDS)) await run(comparison);
    }),
};
