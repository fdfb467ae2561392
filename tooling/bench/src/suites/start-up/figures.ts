import type { Comparison } from '../../harness/comparison.js';
import type { Composition } from './compositions.js';
import { startChild } from './start-child.js';
import type { Start, Started } from './started.js';

export interface Figure {
  readonly metric: string;
  readonly unit: string;
  readonly of: keyof Started;
}

/** One figure of a start, beside that of plain Nest. */
export function compareStarts(
  suite: string,
  composition: Composition,
  { metric, unit, of }: Figure,
  rounds: number,
): Comparison {
  const contender = (name: string, side: Start['side']) => ({
    name,
    sample: async () => (await startChild({ ...composition.start, side }))[of],
  });
  return {
    suite,
    case: composition.case,
    metric,
    unit,
    rounds,
    warmUpRounds: 0,
    ours: contender('macrolith', 'macrolith'),
    peers: [contender('plain Nest and TypeORM, same providers', 'plain')],
  };
}
