import { type Command, Option } from 'commander';
import type { Streams } from './streams.js';

export interface HandoverCommandOptions {
  readonly to?: string;
  readonly database?: string;
  readonly sourceHost?: string;
  readonly root: string;
  readonly pause: string;
  /** False with `--no-switch`. */
  readonly switch: boolean;
  readonly status?: true;
  readonly abort?: true;
  readonly dropSource?: true;
  readonly json?: true;
}

/** `macro handover MODULE`: a module gets a database of its own. What does it is loaded when it is asked for. */
export function addHandoverCommand(program: Command, streams: Streams, exit: (code: number) => void): void {
  program
    .command('handover')
    .argument('<module>', 'the module whose schema moves')
    .description(
      'Move the schema of a module to another database while it serves: copy, catch up, verify, switch. May be run again at any time.',
    )
    .option(
      '--to <url>',
      'the database that it moves to (default: TARGET_DATABASE_URL, which no list of processes shows)',
    )
    .option('--database <url>', 'the database that it is in (default: DATABASE_URL, else the one that pnpm start runs)')
    .option(
      '--source-host <host:port>',
      "how the target's server reaches the source, where that is not as this machine does",
    )
    .option('--no-switch', 'stop before the switch, with the target following; run it again to switch')
    .option('--pause <seconds>', 'how long those who write may have to wait', '5')
    .option('--status', 'tell how far it has come')
    .addOption(new Option('--abort', 'take it back, before the switch').conflicts(['status', 'dropSource']))
    .addOption(
      new Option('--drop-source', 'remove what is left in the old database, after the switch').conflicts('status'),
    )
    .option('--root <dir>', 'the root of the workspace', '.')
    .option('--json', 'answer as JSON')
    .action(async (module: string, options: HandoverCommandOptions) =>
      exit(await (await import('../handover/run.js')).runHandover(module, options, streams)),
    );
}
