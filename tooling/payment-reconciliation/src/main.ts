import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { reconcile } from './reconcile.js';
import { describeReport } from './report.js';
import { ReconciliationProblem } from './shop.js';

const program = new Command('reconcile:payments')
  .description(
    'Compares the orders, payments and card charges of a running shell, both ways. It changes nothing unless asked to mend.',
  )
  .option('--url <url>', 'where the shell serves', address, new URL('http://127.0.0.1:3000'))
  .option('--older-than <seconds>', 'leave out what is younger: it may be under way', seconds, 60)
  .option('--mend', 'mend what is unambiguous, then compare again')
  .option('--json', 'print the differences as JSON')
  .exitOverride()
  .action(async ({ url, olderThan, mend, json }: Options) => {
    const report = await reconcile({ url, olderThanSeconds: olderThan, mend: mend === true });
    console.log(json ? JSON.stringify(report) : describeReport(report));
    process.exitCode = report.differences.length === 0 ? 0 : 1;
  });

interface Options {
  readonly url: URL;
  readonly olderThan: number;
  readonly mend?: boolean;
  readonly json?: boolean;
}

function address(text: string): URL {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return new URL(text);
  throw new InvalidArgumentError('Give one such as http://127.0.0.1:3000.');
}

function seconds(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 86_400) return number;
  throw new InvalidArgumentError('Give whole seconds, 0 to 86400.');
}

try {
  // Package managers hand on the separator that they were given.
  await program.parseAsync(process.argv.filter((argument, index) => index < 2 || argument !== '--'));
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof ReconciliationProblem) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else throw error;
}
