import { Command, CommanderError } from 'commander';
import { EXIT_USAGE, UsageError } from '../usage-error.js';
import { version } from '../version.js';
import { addEventsCommand } from './events-command.js';
import { addGraphCommand } from './graph-command.js';
import { addHandoverCommand } from './handover-command.js';
import { addNatsAuthCommand } from './nats-auth-command.js';
import { addNewCommand } from './new-command.js';
import { addPrincipalKeyCommand } from './principal-key-command.js';
import { addReadinessCommand } from './readiness-command.js';
import { addRulesCommand } from './rules-command.js';
import type { Streams } from './streams.js';
import { addVerifyCommand } from './verify-command.js';

/**
 * Runs `macro` with the arguments after its name.
 * @returns the exit code: 0 all is well, 1 boundaries are crossed, or something stands in a move's way, 2 the request was wrong
 */
export async function runMacro(args: readonly string[], streams: Streams): Promise<number> {
  let code = 0;
  const program = new Command('macro')
    .description(
      'Keeps the modules of a Macrolith workspace apart, draws them, makes new ones, looks after their events, moves one to a database of its own, says what each may do in NATS, and makes keys.',
    )
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => streams.out.write(text), writeErr: () => undefined });
  addVerifyCommand(program, streams, (result) => {
    code = result;
  });
  addReadinessCommand(program, streams, (result) => {
    code = result;
  });
  addGraphCommand(program, streams);
  addRulesCommand(program, streams);
  addNewCommand(program, streams);
  addEventsCommand(program, streams);
  addNatsAuthCommand(program, streams);
  addPrincipalKeyCommand(program, streams);
  addHandoverCommand(program, streams, (result) => {
    code = result;
  });

  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, asked(program, args), streams);
  }
}

/** The group of commands that was asked for, such as `macro events`, or all. */
function asked(program: Command, [name]: readonly string[]): Command {
  return program.commands.find((command) => command.name() === name) ?? program;
}

/** What was written is none of the command's words. */
const MISUNDERSTOOD = new Set([
  'commander.unknownCommand',
  'commander.unknownOption',
  'commander.missingArgument',
  'commander.excessArguments',
]);

function explain(error: unknown, command: Command, streams: Streams): number {
  if (error instanceof UsageError) {
    streams.err.write(`macro: ${error.message}\n`);
    return EXIT_USAGE;
  }
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0) return 0;
  if (error.code === 'commander.help') {
    streams.err.write(command.helpInformation());
    return EXIT_USAGE;
  }
  const name = command.name() === 'macro' ? 'macro' : `macro ${command.name()}`;
  const sentence = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
  const hint = MISUNDERSTOOD.has(error.code) ? `${sentence.endsWith('.') ? '' : '.'} See ${name} --help.` : '';
  streams.err.write(`macro: ${sentence}${hint}\n`);
  return EXIT_USAGE;
}
