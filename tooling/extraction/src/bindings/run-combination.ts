import { movingDiff } from '../stage/moving-diff.js';
import { startMacroservice, startShell } from '../stage/processes.js';
import { Stage } from '../stage/stage.js';
import type { Combination } from './combinations.js';
import { atRest } from './rest.js';
import { type Imported, importInto } from './retail-import.js';
import { runShopTests, type TestOutcome } from './shop-tests.js';
import { type Check, reconciled, type Sums, sumsOf } from './sums.js';

/** How long what follows from the import may take, after it has ended. */
const REST_MS = 300_000;

export interface CombinationOptions {
  /** A file of orders. */
  readonly file: string;
  /** Which tests of the shell are run: all that can be, or these. */
  readonly tests: 'all' | readonly string[];
  /** Told what is being done. */
  readonly onStep?: (step: string) => void;
}

/** What came of one way to bind the modules. */
export interface CombinationOutcome {
  readonly remote: Combination;
  /** What was changed in the shell for it, as a diff. */
  readonly change: string;
  readonly imported: Imported;
  readonly importSeconds: number;
  readonly sums: Sums;
  readonly checks: readonly Check[];
  readonly tests: TestOutcome | undefined;
  readonly testSeconds: number;
}

/**
 * Starts a process for each module that is elsewhere and a shell whose imports say so, imports the file, waits until nothing is owed,
 * and sums up; then runs the tests of the shop over the same combination.
 */
export async function runCombination(
  remote: Combination,
  { file, tests, onStep }: CombinationOptions,
): Promise<CombinationOutcome> {
  onStep?.('importing');
  const shop = await importedShop(remote, file);
  const begunAt = Date.now();
  if (tests.length > 0) onStep?.('testing');
  const outcome = tests.length === 0 ? undefined : await runShopTests(remote, tests === 'all' ? undefined : tests);
  return { remote, change: movingDiff(remote), ...shop, tests: outcome, testSeconds: secondsSince(begunAt) };
}

async function importedShop(remote: Combination, file: string) {
  await using stage = await Stage.set();
  await Promise.all(remote.map((module) => stage.started(startMacroservice(stage.surroundings, [module]))));
  const shell = await stage.started(startShell(stage.surroundings, remote));
  const begunAt = Date.now();
  const { summary, rejects } = await importInto(shell.url, file);
  const importSeconds = secondsSince(begunAt);
  await atRest(stage.administrator, REST_MS);
  return {
    imported: summary,
    importSeconds,
    sums: { ...(await sumsOf(stage.administrator)), 'every rejected line': rejects },
    checks: await reconciled(stage.administrator),
  };
}

function secondsSince(moment: number): number {
  return Math.round((Date.now() - moment) / 1_000);
}
