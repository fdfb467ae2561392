import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { ImportProblem } from './import-problem.js';
import { importRetail } from './import-retail.js';
import { describeSummary } from './report/summary.js';

const program = new Command('import:retail')
  .description('Replays the orders of the UCI Online Retail data set through the public HTTP API of a running shell.')
  .argument('<file>', 'the CSV file')
  .option('--url <url>', 'where the shell serves', address, new URL('http://127.0.0.1:3000'))
  .option('--rejects <file>', 'where to write the lines that were refused', 'retail-rejects.csv')
  .option('--json', 'print the summary as JSON')
  .exitOverride()
  .action(async (file: string, options: { url: URL; rejects: string; json?: boolean }) => {
    const { url, rejects } = options;
    const summary = await importRetail({ file, url, rejects, progress: process.stderr });
    console.log(options.json ? JSON.stringify(summary) : describeSummary(summary, rejects));
  });

function address(text: string): URL {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return new URL(text);
  throw new InvalidArgumentError('Give one such as http://127.0.0.1:3000.');
}

try {
  // Package managers hand on the separator that they were given.
  await program.parseAsync(process.argv.filter((argument, index) => index < 2 || argument !== '--'));
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof ImportProblem) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else throw error;
}
