import type { Command } from 'commander';
import { readiness } from '../readiness/readiness.js';
import { readinessJson, readinessReport } from '../report/readiness-report.js';
import { readWorkspace } from '../workspace/workspace.js';
import { isColored, type Streams } from './streams.js';

interface ReadinessCommandOptions {
  readonly root: string;
  readonly json?: true;
  readonly calls?: string;
  readonly rule?: string[];
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
    .action(async (module: string, { root, json, calls, rule: rules }: ReadinessCommandOptions) => {
      const found = await readiness(readWorkspace(root), {
        module,
        ...(calls === undefined ? {} : { calls }),
        ...(rules ? { rules } : {}),
      });
      streams.out.write(json ? readinessJson(found) : readinessReport(found, rules !== undefined, isColored(streams)));
      exit(found.obstacles.length === 0 ? 0 : 1);
    });
}
