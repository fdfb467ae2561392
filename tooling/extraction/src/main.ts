import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { bindingsCommand } from './bindings/bindings-command.js';
import { nameOf } from './bindings/combinations.js';
import { NoSuchFile, OrdersFile } from './bindings/orders-file.js';
import { type CombinationOutcome, runCombination } from './bindings/run-combination.js';
import { complaints } from './bindings/verdict.js';
import { bindingsText, progressText } from './report/bindings-text.js';
import { trialsText } from './report/trials-text.js';
import { withPostgres } from './stage/stage.js';
import { trials } from './trials/trials.js';
import { complaints as trialComplaints } from './trials/verdict.js';

const program = new Command('extraction')
  .description('Moves modules out of a shop, and takes their processes away from it under load.')
  .exitOverride();

program.addCommand(
  bindingsCommand(async ({ combinations, file, tests, asJson }) => {
    using orders = OrdersFile.find(file);
    const outcomes: CombinationOutcome[] = [];
    await withPostgres(async () => {
      for (const [index, each] of combinations.entries()) {
        const onStep = (step: string) =>
          process.stderr.write(`${index + 1} of ${combinations.length}, elsewhere: ${nameOf(each)}: ${step}\n`);
        outcomes.push(await runCombination(each, { file: orders.path, tests, onStep }));
        onStep(progressText(outcomes));
      }
    });
    console.log(asJson ? JSON.stringify(outcomes, undefined, 2) : bindingsText(outcomes));
    if (complaints(outcomes).length > 0) process.exitCode = 1;
  }).exitOverride(),
);

interface ProcessesOptions {
  readonly restarts: number;
  readonly kills: number;
  readonly calls: number;
  readonly answers: number;
  readonly askers: number;
  readonly orderers: number;
  readonly json?: boolean;
}

program
  .command('processes')
  .description(
    'Restarts and kills the processes of modules under load, takes all of them away, then NATS, and tells what callers notice.',
  )
  .option('--restarts <number>', 'how often one of two is asked to end', wholeNumber(0), 50)
  .option('--kills <number>', 'how often one of two is killed', wholeNumber(0), 20)
  .option(
    '--calls <number>',
    'how many calls are measured while all are away, and while NATS is; 0 takes nobody away',
    wholeNumber(0),
    2_000,
  )
  .option(
    '--answers <number>',
    'calls that are answered before a process goes, and before it is back',
    wholeNumber(1),
    100,
  )
  .option('--askers <number>', 'callers who ask; as many command', wholeNumber(1), 8)
  .option('--orderers <number>', 'callers who order', wholeNumber(0), 4)
  .option('--json', 'print what came of it as JSON')
  .action(async ({ json, ...options }: ProcessesOptions) => {
    const onStep = (step: string) => process.stderr.write(`${step}\n`);
    const outcome = await withPostgres(() => trials({ ...options, onStep }));
    console.log(json ? JSON.stringify(outcome, undefined, 2) : trialsText(outcome));
    if (trialComplaints(outcome).length > 0) process.exitCode = 1;
  });

function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
    throw new InvalidArgumentError(`Give a whole number from ${least}.`);
  };
}

try {
  // Package managers hand on the separator that they were given.
  await program.parseAsync(process.argv.filter((argument, index) => index < 2 || argument !== '--'));
} catch (error) {
  if (error instanceof NoSuchFile) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else throw error;
}
