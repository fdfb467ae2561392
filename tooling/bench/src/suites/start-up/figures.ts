import type { Comparison, Contender } from '../../harness/comparison.js';
import type { Composition } from './compositions.js';
import { startChild } from './start-child.js';
import type { Start, Started } from './started.js';

export interface Figure {
  readonly metric: string;
  readonly unit: string;
  readonly of: keyof Started;
}

/** Figures of the same starts, each beside that of plain Nest. */
export function compareStarts(
  suite: string,
  composition: Composition,
  figures: readonly Figure[],
  rounds: number,
): readonly Comparison[] {
  const ours = startsOf('macrolith', { ...composition.start, side: 'macrolith' });
  const plain = startsOf('plain Nest and TypeORM, same providers', { ...composition.start, side: 'plain' });
  return figures.map(({ metric, unit, of }) => ({
    suite,
    case: composition.case,
    metric,
    unit,
    rounds,
    warmUpRounds: 0,
    ours: ours(of),
    peers: [plain(of)],
  }));
}

/** The nth sample of each figure is of the nth start, which the first figure that comes to it makes. */
function startsOf(name: string, start: Start): (figure: keyof Started) => Contender {
  const starts: Started[] = [];
  return (figure) => {
    let nth = 0;
    const sample = async () => {
      if (nth === starts.length) starts.push(await startChild(start));
      nth += 1;
      return starts[nth - 1]![figure];
    };
    return { name, sample };
  };
}
