import { FailureShown } from '../command/refusal.ts';
import type { Output, Steps } from '../terminal/steps.ts';
import { runTurbo, type TurboOutcome } from './turbo.ts';

export interface Build {
  readonly root: string;
  /** A package, with everything that it depends on; all packages when omitted. */
  readonly of?: string;
  readonly interrupted: AbortSignal;
}

/** Builds what has changed, as one step. A failure is shown with the full output of the package that failed. */
export async function build(steps: Steps, { root, of, interrupted }: Build): Promise<void> {
  const filter = of === undefined ? [] : [`--filter=${of}...`];
  const outcome = await steps
    .run(
      'Building the packages',
      async (describe) => {
        const outcome = await runTurbo({
          root,
          arguments: ['build', ...filter],
          interrupted,
          onTaskEnded: ({ ended, packages }) => describe(`${ended} of ${packages}`),
        });
        if (!outcome.succeeded) throw new BuildFailed(outcome);
        return outcome;
      },
      describeBuild,
    )
    .catch((error: unknown) => {
      if (!(error instanceof BuildFailed)) throw error;
      return error.outcome;
    });
  if (outcome.succeeded) return;
  showFailures(outcome, process.stderr);
  throw new FailureShown();
}

/** Writes what the failed tasks said, or the whole log when turbo itself failed. */
export function showFailures({ failures, log }: TurboOutcome, output: Output): void {
  if (failures.length === 0) output.write(`\n${log}\n`);
  for (const { task, output: said } of failures) output.write(`\n${task}\n${said}\n`);
}

class BuildFailed extends Error {
  readonly outcome: TurboOutcome;

  constructor(outcome: TurboOutcome) {
    super('The build failed.');
    this.outcome = outcome;
  }
}

function describeBuild({ tasks, cachedTasks }: TurboOutcome): string {
  const built = tasks - cachedTasks;
  if (built === 0) return 'The packages are built already';
  return `Built ${built} of ${tasks} packages`;
}
