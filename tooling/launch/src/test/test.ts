import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { findChromium, findNatsServer, startPostgres } from '@macrolith/local-services';
import { showFailures } from '../build/build.ts';
import { runTurbo, type TurboOutcome } from '../build/turbo.ts';
import type { Interruption } from '../command/interruption.ts';
import { runTool } from '../process/run-tool.ts';
import { Steps } from '../terminal/steps.ts';
import { readReports, removeReports, sum, table } from './reports.ts';

/** A check of the whole workspace that is no test of one package. */
interface Check {
  readonly title: string;
  /** A program of the workspace, and its arguments. */
  readonly command: readonly [string, ...string[]];
}

/** Tests wait for servers, browsers and processes a third of their time: one package more than there are cores uses it. */
const PACKAGES_AT_ONCE = availableParallelism() + 1;

const CHECKS: readonly Check[] = [
  { title: 'Format and lint', command: ['biome', 'check', '.'] },
  { title: 'Types of the tests', command: ['tsc', '-p', 'tsconfig.tests.json'] },
  { title: 'Rings of files', command: ['depcruise', 'apps', 'packages', 'tooling'] },
  { title: 'Boundaries', command: ['macro', 'verify'] },
];

/**
 * Runs all checks and all tests, and brings what they need. The last line is `N passed, N failed`; a failing check or a
 * build that breaks counts as one failure. Everything goes to stdout, so that this line stays the last.
 * @returns the exit code
 */
export async function test(root: string, interruption: Interruption): Promise<number> {
  const interrupted = interruption.requested;
  const steps = new Steps();
  await using started = new AsyncDisposableStack();
  const chromium = await steps.run(
    'Looking for Chromium',
    (describe) => bringChromium(describe),
    (path) => `Chromium is ${path}`,
  );
  const nats = await steps.run(
    'Looking for nats-server',
    (describe) => findNatsServer({ install: true, onProgress: describe }),
    (path) => `nats-server is ${path}`,
  );
  const postgres = await steps.run(
    'Starting PostgreSQL',
    () => startPostgres(),
    () => 'PostgreSQL runs',
  );
  started.defer(() => postgres.stop());
  const environment = {
    ...process.env,
    MACROLITH_TEST_POSTGRES: postgres.url,
    MACROLITH_CHROMIUM: chromium,
    MACROLITH_NATS_SERVER: nats,
    // Tests start hundreds of processes that load the same code: it is compiled once.
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'macrolith', 'compiled'),
  };

  const turbo = (title: string, ...tasks: string[]): Promise<TurboOutcome> =>
    steps.run(
      title,
      (describe) =>
        runTurbo({
          root,
          arguments: tasks,
          environment,
          interrupted,
          onTaskEnded: ({ task, ended }) => describe(`${ended} done, last ${task}`),
        }),
      (outcome) => `${title}${outcome.succeeded ? '' : ': failed'}`,
    );

  const built = await turbo('Building the packages', 'build');
  if (!built.succeeded) {
    showFailures(built, process.stdout);
    return conclude({ passed: 0, failed: Math.max(built.failures.length, 1) });
  }

  let failedChecks = 0;
  for (const check of CHECKS) {
    const failure = await run(check, root, steps, interrupted);
    if (failure === undefined) continue;
    failedChecks += 1;
    process.stdout.write(`\n${failure}\n`);
  }

  removeReports(root);
  const tested = await turbo('Testing the packages', 'test', '--continue', `--concurrency=${PACKAGES_AT_ONCE}`);
  if (!tested.succeeded) showFailures(tested, process.stdout);
  const reports = readReports(root);
  process.stdout.write(`\n${table(reports).join('\n')}\n\n`);
  const { passed, failed } = sum(reports);
  // A run that turbo calls failed is failed, whatever the reports say.
  const unreported = !tested.succeeded && failed === 0 ? 1 : 0;
  return conclude({ passed, failed: failed + failedChecks + unreported });
}

/** Without Chromium the browser tests would only be noise: the run ends here, with the sentence that says what to do. */
async function bringChromium(describe: (detail: string) => void): Promise<string> {
  return await findChromium({ install: true, onProgress: describe });
}

/** Resolves to what the check said when it failed. */
async function run(check: Check, root: string, steps: Steps, interrupted: AbortSignal): Promise<string | undefined> {
  const [program, ...commandArguments] = check.command;
  const outcome = await steps.run(
    check.title,
    () =>
      runTool({
        command: join(root, 'node_modules', '.bin', program),
        arguments: commandArguments,
        folder: root,
        interrupted,
      }),
    ({ exitCode }) => `${check.title}${exitCode === 0 ? '' : ': failed'}`,
  );
  return outcome.exitCode === 0 ? undefined : outcome.output;
}

function conclude({ passed, failed }: { passed: number; failed: number }): number {
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}
