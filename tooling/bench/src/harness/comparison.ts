/** One way to do the work. A sample is one round's figure, in the comparison's unit. */
export interface Contender {
  readonly name: string;
  sample(): Promise<number>;
}

/** Ours beside its peers, on the same work. */
export interface Comparison {
  readonly suite: string;
  readonly case: string;
  readonly metric: string;
  readonly unit: string;
  readonly ours: Contender;
  readonly peers: readonly Contender[];
  /** Rounds in a full run; a quick one takes fewer. */
  readonly rounds: number;
  /** Rounds before those, which do not count. Default: one. What starts a process for each sample needs none. */
  readonly warmUpRounds?: number;
}

/** One line of the report. `ratio` is `ours / peer`. */
export interface Result {
  readonly suite: string;
  readonly case: string;
  readonly metric: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer: number;
  readonly peerName: string;
  readonly ratio: number;
}

export interface Suite {
  readonly name: string;
  /** Prepares the comparisons, hands them one after the other to `run`, and cleans up. */
  run(run: (comparison: Comparison) => Promise<void>, options: SuiteOptions): Promise<void>;
}

export interface SuiteOptions {
  /** Less work and fewer rounds: shows that the suite works, and roughly where it stands. */
  readonly quick: boolean;
  /** How many events a backlog has, where a suite makes one. */
  readonly events?: number | undefined;
  /** How long the drain of one backlog is watched at most. Default: until nothing is left. */
  readonly seconds?: number | undefined;
}

const QUICK_ROUNDS = 3;

/**
 * Runs all contenders in every round, in a new order each time, so that whatever else the machine does hits all of them
 * alike. Each figure is the median of the rounds.
 */
export async function compare(
  comparison: Comparison,
  { quick }: SuiteOptions,
  random: () => number = Math.random,
): Promise<readonly Result[]> {
  const contenders = [comparison.ours, ...comparison.peers];
  const samples = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));
  const rounds = quick ? Math.min(QUICK_ROUNDS, comparison.rounds) : comparison.rounds;
  for (let round = -(comparison.warmUpRounds ?? 1); round < rounds; round += 1) {
    for (const contender of shuffled(contenders, random)) {
      const sample = await contender.sample();
      if (round >= 0) samples.get(contender)!.push(sample);
    }
  }
  const { suite, case: name, metric, unit } = comparison;
  const ours = median(samples.get(comparison.ours)!);
  return comparison.peers.map((contender) => {
    const peer = median(samples.get(contender)!);
    return { suite, case: name, metric, unit, ours, peer, peerName: contender.name, ratio: ours / peer };
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
