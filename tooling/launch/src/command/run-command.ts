import { LocalServiceError } from '@macrolith/local-services';
import { Interrupted, type Interruption, listenForInterruption } from './interruption.ts';
import { FailureShown, Refusal } from './refusal.ts';

/** What a shell reports for a program that Ctrl-C ended: 128 + SIGINT. */
const INTERRUPTED_EXIT_CODE = 130;

/** Runs a command to its end and turns what it throws into a sentence and an exit code. */
export async function runCommand(command: (interruption: Interruption) => Promise<number>): Promise<void> {
  const exitCode = await outcomeOf(command);
  process.exit(exitCode);
}

async function outcomeOf(command: (interruption: Interruption) => Promise<number>): Promise<number> {
  try {
    return await command(listenForInterruption());
  } catch (error) {
    if (error instanceof Interrupted) return INTERRUPTED_EXIT_CODE;
    if (!(error instanceof FailureShown)) process.stderr.write(`${describe(error)}\n`);
    return 1;
  }
}

function describe(error: unknown): string {
  if (error instanceof Refusal || error instanceof LocalServiceError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
