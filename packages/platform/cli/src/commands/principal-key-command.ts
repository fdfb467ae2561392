import { type Command, InvalidArgumentError } from 'commander';
import type { PrincipalKeyOptions } from '../principal-key/principal-key.js';
import type { Streams } from './streams.js';

const NAME = /^[a-z][a-z0-9-]*$/;

/** `macro principal-key`: a key by which a process says on whose behalf it calls. What does it is loaded when it is asked for. */
export function addPrincipalKeyCommand(program: Command, streams: Streams): void {
  program
    .command('principal-key')
    .description(
      'Make the key by which a process says on whose behalf it calls, and write whom the others are to believe.',
    )
    .argument('<name>', 'the process, and what tells its keys apart: shell, shell-2', name)
    .requiredOption(
      '--keys <folder>',
      'where the secret keys are, one file each; what is missing is made, what is there stays',
    )
    .action(async (name: string, options: PrincipalKeyOptions) =>
      (await import('../principal-key/principal-key.js')).principalKey(name, options, streams),
    );
}

function name(text: string): string {
  if (NAME.test(text)) return text;
  throw new InvalidArgumentError('Use lower-case letters, digits and hyphens.');
}
