import { type Command, InvalidArgumentError, Option } from 'commander';
import type { NatsAuthOptions } from '../nats-auth/nats-auth.js';
import type { Macroservice } from '../nats-auth/nats-users.js';
import type { Streams } from './streams.js';

/** `macro nats-auth`: what each module may do in NATS. What does it is loaded when it is asked for. */
export function addNatsAuthCommand(program: Command, streams: Streams): void {
  program
    .command('nats-auth')
    .description(
      'Write the users of NATS and their rights, from the manifests: one for each module, for each macroservice of several, for each program in another language, and for the shell.',
    )
    .option('--root <dir>', 'the root of the workspace', '.')
    .option('--system <name>', 'what the product is called in NATS', 'macrolith')
    .option(
      '--keys <folder>',
      'where the secret keys are, one file for each user; what is missing is made, what is there stays',
    )
    .addOption(
      new Option(
        '--macroservice <name=modules>',
        'a process that hosts several modules, with commas between: its user may do what each of them may; may be given again',
      ).argParser(macroservices),
    )
    .option(
      '--program <file>',
      'a program.json: what a program that is no module of the workspace serves, calls and hears; may be given again',
      (file: string, before: readonly string[] = []) => [...before, file],
    )
    .addOption(new Option('--format <format>', 'what to write').choices(['config', 'json']).default('config'))
    .action(async (options: NatsAuthOptions) => (await import('../nats-auth/nats-auth.js')).natsAuth(options, streams));
}

const MACROSERVICE = /^(?<name>[a-z][a-z0-9-]*)=(?<modules>[a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*)$/;

function macroservices(text: string, before: readonly Macroservice[] = []): Macroservice[] {
  const { name, modules } = MACROSERVICE.exec(text)?.groups ?? {};
  if (name === undefined) {
    throw new InvalidArgumentError('Write the name of its user and its modules: fulfilment=inventory,shipping.');
  }
  return [...before, { name, modules: modules!.split(',') }];
}
