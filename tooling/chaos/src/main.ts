import { SingleBar } from 'cli-progress';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { chaos } from './chaos.js';
import { outcomeText } from './report/outcome-text.js';
import type { Transport } from './stage/stage.js';

interface Options {
  readonly seed: number;
  readonly kills: number;
  readonly callers: number;
  readonly transport: Transport;
  readonly json?: boolean;
}

const program = new Command('chaos')
  .description(
    'Kills the shell, the worker, the database and the broker of a shop under load, and proves that nothing is lost or done twice.',
  )
  .option('--seed <number>', 'repeats the plan of an earlier run', wholeNumber(0), Date.now() % 1_000_000)
  .option('--kills <number>', 'how many', wholeNumber(1), 200)
  .option('--callers <number>', 'how many order at once, and how many speak', wholeNumber(1), 4)
  .addOption(new Option('--transport <name>', 'how events travel').choices(['local', 'nats']).default('local'))
  .option('--json', 'print the outcome as JSON')
  .exitOverride()
  .action(async ({ seed, kills, callers, transport, json }: Options) => {
    const bar = new SingleBar({
      format: `{bar} {value}/{total} {kill}`,
      stream: process.stderr,
      hideCursor: true,
    });
    bar.start(kills, 0, { kill: 'setting the stage' });
    const onKill = (kill: string, nth: number) => bar.update(nth, { kill });
    const outcome = await chaos({ seed, kills, callers, transport, onKill }).finally(() => bar.stop());
    console.log(json ? JSON.stringify(outcome, undefined, 2) : outcomeText(outcome));
    if (outcome.checks.some(({ wrong }) => wrong > 0)) process.exitCode = 1;
  });

function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
    throw new InvalidArgumentError(`Give a whole number from ${least}.`);
  };
}

try {
  // Package managers hand on the separator that they were given.
  await program.parseAsync(process.argv.filter((argument, index) => index < 2 || argument !== '--'));
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
