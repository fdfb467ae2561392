import { closeSync, openSync, writeFileSync } from 'node:fs';
import { type BenchArguments, readArguments, UsageError, usage } from './arguments.js';
import { type Comparison, compare, type Result } from './harness/comparison.js';
import { reportOf, table } from './harness/report.js';
import { ALL_SUITES } from './suites/all-suites.js';

async function main(): Promise<void> {
  const given = readArguments(process.argv.slice(2), ALL_SUITES);
  if (given.help) {
    console.log(usage(ALL_SUITES));
    return;
  }
  // Before an hour of measuring, not after it.
  if (given.json !== undefined) closeSync(openSync(given.json, 'a'));
  const results = await measure(given);
  console.log(table(results));
  if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify(reportOf(results), null, 2)}\n`);
}

async function measure({ suites, quick, events, seconds }: BenchArguments): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const suite of suites) {
    const run = async (comparison: Comparison) => {
      process.stderr.write(`${suite.name}: ${comparison.case}, ${comparison.metric} …\n`);
      results.push(...(await compare(comparison, { quick })));
    };
    await suite.run(run, { quick, events, seconds });
  }
  return results;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
