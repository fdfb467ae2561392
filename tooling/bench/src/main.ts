import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Comparison, compare, type Result, type Suite } from './harness/comparison.js';
import { reportOf, table } from './harness/report.js';
import { checkout } from './suites/checkout/checkout.js';
import { portCall } from './suites/port-call.js';
import { boot } from './suites/start-up/boot.js';
import { memory } from './suites/start-up/memory.js';

const SUITES: readonly Suite[] = [portCall, checkout, boot, memory];

const USAGE = `bench [SUITE…] [--quick] [--json FILE]

Suites: ${SUITES.map(({ name }) => name).join(', ')}. Default: all of them.

  --quick       fewer rounds and less work
  --json FILE   write the results there as JSON`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const unknown = positionals.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0)
    throw new Error(
      `There is no suite ${unknown.join(', ')}. There are: ${SUITES.map(({ name }) => name).join(', ')}.`,
    );
  const chosen = SUITES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const results: Result[] = [];
  for (const suite of chosen) {
    await suite.run(
      async (comparison: Comparison) => {
        process.stderr.write(`${suite.name}: ${comparison.case}, ${comparison.metric} …\n`);
        results.push(...(await compare(comparison, { quick: values.quick })));
      },
      { quick: values.quick },
    );
  }
  console.log(table(results));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(reportOf(results), null, 2)}\n`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const known = error instanceof TypeError && 'code' in error;
  process.stderr.write(`${known || !(error instanceof Error) ? (error as Error).message : error.message}\n`);
  process.exitCode = 2;
}
