import { styleText } from 'node:util';
import { Interrupted, type Interruption } from '../command/interruption.ts';
import { FailureShown } from '../command/refusal.ts';
import { EndedBeforeReady, type Program, type RunningProgram, startProgram } from '../process/program.ts';
import { Steps } from '../terminal/steps.ts';
import { unlessInterrupted, untilHealthy } from './health.ts';
import { type Environment, type Preparation, prepare } from './prepare.ts';

/** What to start. */
export interface Start extends Preparation {
  /** The program that serves, with the environment that it gets. */
  readonly program: (environment: Environment) => Program;
}

/**
 * Serves until somebody interrupts. It ends in the opposite order of its beginning, so that the program drains while
 * its database still serves.
 * @returns the exit code
 */
export async function start(options: Start, interruption: Interruption): Promise<number> {
  const steps = new Steps();
  await using started = new AsyncDisposableStack();
  const { address, databaseUrl } = await prepare(options, steps, started, interruption);

  const network = await options.cardNetwork?.(options, steps, started, interruption);
  const place = { HOST: address.host, PORT: `${address.port}`, DATABASE_URL: databaseUrl };
  const running = startProgram(options.program({ ...options.environment, ...network?.environment, ...place }));
  started.defer(() => running.stop(interruption.forced));
  const url = await steps.run(
    'Starting the shell',
    () => untilServing(running, interruption),
    () => 'The shell serves',
  );
  await network?.sendNewsTo(url);

  process.stdout.write(`\n${styleText('bold', 'Macrolith is ready.')} Ctrl-C stops it.\n`);
  process.stdout.write(`Open ${styleText('cyan', url)} in your browser.\n`);
  return await untilOver(running, interruption);
}

async function untilServing(running: RunningProgram, interruption: Interruption): Promise<string> {
  try {
    return await untilHealthy(running, interruption);
  } catch (error) {
    // The program has said on stderr why it ended.
    throw error instanceof EndedBeforeReady ? new FailureShown() : error;
  }
}

async function untilOver(running: RunningProgram, interruption: Interruption): Promise<number> {
  try {
    const { exitCode, signal } = await unlessInterrupted(running.ended, interruption);
    process.stderr.write(`The shell ended by itself, with ${signal ?? `code ${exitCode}`}.\n`);
    return exitCode || 1;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.stdout.write('\nFinishing what is under way, then stopping. Ctrl-C again stops at once.\n');
    return 0;
  }
}
