import path from 'node:path';
import { type Command, Option } from 'commander';
import { readRoleCatalog } from '../database/read-role-catalog.js';
import { jsonReport } from '../report/json.js';
import type { Report } from '../report/report.js';
import { sarifReport } from '../report/sarif.js';
import { textReport } from '../report/text.js';
import { verify } from '../verify.js';
import { version } from '../version.js';
import { Ratchet } from '../violations/ratchet.js';
import { type RatchetOptions, ratchetOf } from './ratchet-options.js';
import { isColored, type Streams } from './streams.js';

interface VerifyCommandOptions extends RatchetOptions {
  readonly root: string;
  readonly format: 'text' | 'json' | 'sarif';
  readonly json?: true;
  readonly database?: string;
}

/** `macro verify`: exit code 0 when no boundary is newly crossed, else 1. */
export function addVerifyCommand(program: Command, streams: Streams, exit: (code: number) => void): void {
  program
    .command('verify')
    .description('Check the boundaries between packages, and report every crossing.')
    .option('--root <dir>', 'the root of the workspace', '.')
    .addOption(new Option('--format <format>', 'how to report').choices(['text', 'json', 'sarif']).default('text'))
    .option('--json', 'short for --format json')
    .option('--rule <id...>', 'check these rules only (default: all; see macro rules)')
    .option('--ratchet <file>', 'let the violations in this file stay, and forbid new ones')
    .option('--update-ratchet', 'write the violations that there are now into the ratchet file')
    .option('--database <url>', 'also check the roles of this database')
    .action(async (options: VerifyCommandOptions) => exit(await run(options, streams)));
}

async function run(options: VerifyCommandOptions, streams: Streams): Promise<number> {
  const { root, ratchet: ratchetFile, updateRatchet, rule: rules, database } = options;
  const ratchet = ratchetOf(options, 'macro verify');

  const began = performance.now();
  const verification = await verify({
    root,
    ...(rules ? { rules } : {}),
    ...(database === undefined ? {} : { database: await readRoleCatalog(database) }),
  });
  if (updateRatchet) {
    Ratchet.of(verification.violations).write(ratchetFile!);
    streams.out.write(`${ratchetFile} holds ${verification.violations.length} known violations now.\n`);
    return 0;
  }

  // A rule that was not asked for has not vanished.
  const checked = new Set(verification.rules.map(({ id }) => id));
  const relevant = new Ratchet(ratchet.violations.filter((known) => checked.has(known.rule)));
  const outcome = relevant.compare(verification.violations);
  const report: Report = { verification, outcome, elapsedMs: performance.now() - began };
  streams.out.write(rendered(report, options, streams));
  return outcome.fresh.length === 0 ? 0 : 1;
}

function rendered(report: Report, { format, json, root }: VerifyCommandOptions, streams: Streams): string {
  if (json || format === 'json') return jsonReport(report);
  if (format === 'sarif') return sarifReport(report, path.resolve(root), version);
  return textReport(report, isColored(streams));
}
