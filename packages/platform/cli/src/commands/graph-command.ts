import { type Command, Option } from 'commander';
import { mermaid } from '../graph/mermaid.js';
import { moduleGraph } from '../graph/module-graph.js';
import { readWorkspace } from '../workspace/workspace.js';
import type { Streams } from './streams.js';

interface GraphCommandOptions {
  readonly root: string;
  readonly format: 'mermaid' | 'json';
  readonly json?: true;
}

/** `macro graph`: the modules, who owns them, who uses whom, and how each app binds them. */
export function addGraphCommand(program: Command, streams: Streams): void {
  program
    .command('graph')
    .description('Draw the modules, their owners, what they use and how apps bind them.')
    .option('--root <dir>', 'the root of the workspace', '.')
    .addOption(new Option('--format <format>', 'how to draw').choices(['mermaid', 'json']).default('mermaid'))
    .option('--json', 'short for --format json')
    .action(({ root, format, json }: GraphCommandOptions) => {
      const graph = moduleGraph(readWorkspace(root));
      streams.out.write(json || format === 'json' ? `${JSON.stringify(graph, null, 2)}\n` : mermaid(graph));
    });
}
