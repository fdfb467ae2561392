import { fileURLToPath } from 'node:url';
import { type RunningProgram, startProgram } from '@macrolith/local-services';
import { movingDiff } from './moving-diff.js';

const appFile = (path: string) => new URL(`../../../../apps/${path}`, import.meta.url);
const SHELL = fileURLToPath(appFile('shell/dist/main.js'));
const MACROSERVICE = fileURLToPath(appFile('macroservice/dist/main.js'));
const SHELL_WITH_TALLY = fileURLToPath(new URL('../process/shell.js', import.meta.url));

/** Applies a diff to the built shell. */
const IMPORTS_CHANGED = appFile('macroservice/test/programs/imports-changed.js').href;
/** Lets `@macrolith/tally` be found as if it were installed. */
const TALLY_INSTALLED = new URL('../process/tally-installed.js', import.meta.url).href;

export interface RunningProcess extends RunningProgram {
  readonly url: string;
}

/** Where processes meet. */
export interface Surroundings {
  readonly databaseUrl: string;
  readonly natsUrl: string;
}

/** The built shell. `remote` are the modules whose import says '/remote'; that and an address of NATS are the whole difference. */
export function startShell({ databaseUrl, natsUrl }: Surroundings, remote: readonly string[]): Promise<RunningProcess> {
  if (remote.length === 0) return start(SHELL, { PORT: '0', DATABASE_URL: databaseUrl });
  const environment = { PORT: '0', DATABASE_URL: databaseUrl, NATS_URL: natsUrl, SHELL_DIFF: movingDiff(remote) };
  return start(SHELL, environment, [`--import=${IMPORTS_CHANGED}`]);
}

/** A shell that consists of what the built one does, and calls `tally` where it runs. */
export function startShellWithTally(
  { databaseUrl, natsUrl }: Surroundings,
  remote: readonly string[],
): Promise<RunningProcess> {
  const environment = { DATABASE_URL: databaseUrl, NATS_URL: natsUrl, SHELL_DIFF: movingDiff(remote) };
  return start(SHELL_WITH_TALLY, environment, [`--import=${IMPORTS_CHANGED}`]);
}

/** The built macroservice. */
export function startMacroservice(
  { databaseUrl, natsUrl }: Surroundings,
  modules: readonly string[],
): Promise<RunningProcess> {
  const MODULES = modules.map((name) => `@macrolith/${name}`).join(',');
  return start(MACROSERVICE, { DATABASE_URL: databaseUrl, NATS_URL: natsUrl, HEALTH_PORT: '0', MODULES }, [
    `--import=${TALLY_INSTALLED}`,
  ]);
}

async function start(
  file: string,
  environment: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<RunningProcess> {
  const program = startProgram({ file, nodeOptions, environment: { LOG_LEVEL: 'silent', ...environment } });
  return { ...program, url: await program.ready };
}
