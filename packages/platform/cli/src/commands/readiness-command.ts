import type { Command } from 'commander';
import { readiness } from '../readiness/readiness.js';
import { count } from '../report/count.js';
import { readinessJson, readinessReport } from '../report/readiness-report.js';
import { Ratchet } from '../violations/ratchet.js';
import { readWorkspace } from '../workspace/workspace.js';
import { type RatchetOptions, ratchetOf } from './ratchet-options.js';
import { isColored, type Streams } from './streams.js';

interface ReadinessCommandOptions extends RatchetOptions {
  readonly root: string;
  readonly json?: true;
  readonly calls?: string;
}

/** `macro readiness MODULE`: exit code 0 when nothing stands in the way of moving the module out, else 1. */
export function addReadinessCommand(program: Command, streams: Streams, exit: (code: number) => void): void {
  program
    .command('readiness')
    .argument('<module>', 'the module that is to move out')
    .description('Tell what stands in the way of moving a module out of the process.')
    .option('--root <dir>', 'the root of the workspace', '.')
    .option('--calls <file>', 'also look at the calls that were recorded in this file')
    .option('--json', 'report as JSON')
    .option('--rule <id...>', 'ask these rules only (default: all; see macro rules --of readiness)')
    .option('--ratchet <file>', 'let the obstacles in this file stay: somebody has looked at them')
    .option('--update-ratchet', 'write the obstacles that there are now into the ratchet file')
    .action(async (module: string, options: ReadinessCommandOptions) => exit(await run(module, options, streams)));
}

async function run(module: string, options: ReadinessCommandOptions, streams: Streams): Promise<number> {
  const { root, json, calls, rule: rules, ratchet: ratchetFile, updateRatchet } = options;
  const ratchet = ratchetOf(options, `macro readiness ${module}`);
  const found = await readiness(readWorkspace(root), {
    module,
    ...(calls === undefined ? {} : { calls }),
    ...(rules ? { rules } : {}),
  });
  if (updateRatchet) {
    Ratchet.of(found.obstacles).write(ratchetFile!);
    streams.out.write(`${ratchetFile} holds ${count(found.obstacles.length, 'known obstacle')} now.\n`);
    return 0;
  }
  const outcome = ratchet.compare(found.obstacles);
  streams.out.write(
    json ? readinessJson(found, outcome) : readinessReport(found, outcome, rules !== undefined, isColored(streams)),
  );
  return outcome.fresh.length === 0 ? 0 : 1;
}
