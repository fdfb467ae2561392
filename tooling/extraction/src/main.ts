import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { type Combination, EXTRACTED, everyCombination, nameOf } from './bindings/combinations.js';
import { NoSuchFile, OrdersFile } from './bindings/orders-file.js';
import { type CombinationOutcome, runCombination } from './bindings/run-combination.js';
import { complaints } from './bindings/verdict.js';
import { bindingsText } from './report/bindings-text.js';
import { trialsText } from './report/trials-text.js';
import { withPostgres } from './stage/stage.js';
import { trials } from './trials/trials.js';
import { complaints as trialComplaints } from './trials/verdict.js';

interface BindingsOptions {
  readonly remote: readonly Combination[];
  readonly all?: boolean;
  readonly file?: string;
  /** Undefined where nothing is said of them: all. */
  readonly tests?: string | false;
  readonly json?: boolean;
}

const program = new Command('extraction')
  .description('Moves modules out of a shop, and takes their processes away from it under load.')
  .exitOverride();

program
  .command('bindings')
  .description(
    'Imports a file of orders and runs the tests of the shop in combinations of bindings, and compares the sums to the penny.',
  )
  .option('--remote <modules>', 'a combination, with commas between; may be given several times', combination, [])
  .option('--all', `every combination of ${EXTRACTED.join(', ')}`)
  .option(
    '--file <file>',
    'the orders, as `pnpm import:retail` takes them; the real ones beside the checkout, else made-up ones',
  )
  .option('--tests <names>', 'of the tests of the shop only these, with commas between')
  .option('--no-tests', 'import only')
  .option('--json', 'print what came of it as JSON')
  .action(async ({ remote, all, file, tests, json }: BindingsOptions) => {
    const combinations = all ? everyCombination(EXTRACTED) : [[], ...remote];
    using orders = OrdersFile.find(file);
    const chosen = tests === false ? [] : (tests?.split(',') ?? 'all');
    const outcomes: CombinationOutcome[] = [];
    await withPostgres(async () => {
      for (const [index, each] of combinations.entries()) {
        const onStep = (step: string) =>
          process.stderr.write(`${index + 1} of ${combinations.length}, elsewhere: ${nameOf(each)}: ${step}\n`);
        outcomes.push(await runCombination(each, { file: orders.path, tests: chosen, onStep }));
      }
    });
    console.log(json ? JSON.stringify(outcomes, undefined, 2) : bindingsText(outcomes));
    if (complaints(outcomes).length > 0) process.exitCode = 1;
  });

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

function combination(text: string, before: readonly Combination[]): readonly Combination[] {
  const modules = text.split(',').map((name) => name.trim());
  const unknown = modules.find((module) => !/^[a-z][a-z0-9-]*$/.test(module));
  if (unknown !== undefined) throw new InvalidArgumentError(`'${unknown}' is the name of no module.`);
  return [...before, modules];
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
