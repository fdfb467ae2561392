import { type Command, Option } from 'commander';
import type { NatsAuthOptions } from '../nats-auth/nats-auth.js';
import type { Streams } from './streams.js';

/** `macro nats-auth`: what each module may do in NATS. What does it is loaded when it is asked for. */
export function addNatsAuthCommand(program: Command, streams: Streams): void {
  program
    .command('nats-auth')
    .description(
      'Write the users of NATS and their rights, from the manifests: one for each module, and one for the shell.',
    )
    .option('--root <dir>', 'the root of the workspace', '.')
    .option('--system <name>', 'what the product is called in NATS', 'macrolith')
    .option(
      '--keys <folder>',
      'where the secret keys are, one file for each user; what is missing is made, what is there stays',
    )
    .addOption(new Option('--format <format>', 'what to write').choices(['config', 'json']).default('config'))
    .action(async (options: NatsAuthOptions) => (await import('../nats-auth/nats-auth.js')).natsAuth(options, streams));
}
