import { relative } from 'node:path';
import { styleText } from 'node:util';
import { Interrupted, type Interruption } from '../command/interruption.ts';
import { EndedBeforeReady, type Program, type RunningProgram, startProgram } from '../process/program.ts';
import { unlessInterrupted, untilHealthy } from '../start/health.ts';
import { type Environment, type Preparation, prepare } from '../start/prepare.ts';
import { Steps } from '../terminal/steps.ts';
import { buildAssets } from './assets.ts';
import { type SourceChange, SourceChanges } from './source-changes.ts';
import { TypeCheck } from './type-check.ts';

export interface Dev extends Preparation {
  /** The program straight from its sources, with the environment that it gets. */
  readonly program: (environment: Environment) => Program;
}

/** What stands between a save and a running program. It has been shown when it is caught. */
class Broken extends Error {
  override readonly name = 'Broken';
}

/**
 * Serves from sources until somebody interrupts, and restarts the program whenever one is saved; the database goes on.
 * A program that cannot start stays down until the next save.
 */
export async function dev(options: Dev, interruption: Interruption): Promise<number> {
  const { root } = options;
  const steps = new Steps();
  await using started = new AsyncDisposableStack();
  const { address, databaseUrl } = await prepare(options, steps, started, interruption);
  const changes = started.use(new SourceChanges(root));
  const types = new TypeCheck(root, interruption.requested);
  started.defer(() => types.settled());

  const network = await options.cardNetwork?.(options, steps, started, interruption);
  let running: RunningProgram | undefined;
  started.defer(async () => await running?.stop(interruption.forced));
  let { port } = address;
  const restart = async (): Promise<string> => {
    await running?.stop(interruption.forced);
    const place = { HOST: address.host, PORT: `${port}`, DATABASE_URL: databaseUrl };
    running = startProgram(options.program({ ...options.environment, ...network?.environment, ...place }));
    const url = await untilHealthy(running, interruption).catch(brokenWhenEnded);
    // A port that the system chose is kept, so that the open page survives a restart.
    port = Number(new URL(url).port);
    await network?.sendNewsTo(url);
    return url;
  };

  try {
    const url = await steps.run('Starting the shell', restart, () => 'The shell serves').catch(untilNextSave);
    if (url !== undefined) showAddress(url);
    types.request();
    for (;;) {
      const change = await unlessInterrupted(changes.next(), interruption);
      const title = describeChange(root, change);
      const work = (): Promise<string> => apply(change, restart, interruption);
      await steps.run(title, work, () => `${title} · restarted`).catch(untilNextSave);
      types.request();
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.stdout.write('\n');
    return 0;
  }
}

async function apply(
  { assetPackages }: SourceChange,
  restart: () => Promise<string>,
  interruption: Interruption,
): Promise<string> {
  for (const packageFolder of assetPackages) {
    const failure = await buildAssets(packageFolder, interruption.requested);
    if (failure === undefined) continue;
    process.stdout.write(`\n${failure}\n`);
    throw new Broken();
  }
  return await restart();
}

/** The program has said on stderr why it ended. */
function brokenWhenEnded(error: unknown): never {
  throw error instanceof EndedBeforeReady ? new Broken() : error;
}

function untilNextSave(error: unknown): undefined {
  if (!(error instanceof Broken)) throw error;
  process.stdout.write('Waiting for the next save.\n');
}

function showAddress(url: string): void {
  process.stdout.write('\nEvery save restarts the shell. Ctrl-C stops it.\n');
  process.stdout.write(`Open ${styleText('cyan', url)} in your browser.\n`);
}

function describeChange(root: string, { files }: SourceChange): string {
  const [first, ...others] = [...files].map((file) => relative(root, file));
  return others.length === 0 ? `${first}` : `${first} and ${others.length} more`;
}
