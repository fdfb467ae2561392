import { fileURLToPath } from 'node:url';
import { type RunningProgram, startProgram } from '@macrolith/local-services';

const SHELL = fileURLToPath(new URL('../../shell/dist/main.js', import.meta.url));
const MACROSERVICE = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const IMPORTS_CHANGED = new URL('./programs/imports-changed.js', import.meta.url).href;

export interface RunningProcess extends RunningProgram {
  readonly url: string;
}

/** Where the processes of a test meet. */
export interface Surroundings {
  readonly databaseUrl: string;
  readonly natsUrl: string;
}

/** The built shell with other imports: these modules are called where they run. */
export function startShell({ databaseUrl, natsUrl }: Surroundings, remote: readonly string[]): Promise<RunningProcess> {
  const environment = { PORT: '0', MACROLITH_SEED: 'true', REMOTE_MODULES: remote.join(',') };
  return start(SHELL, { DATABASE_URL: databaseUrl, NATS_URL: natsUrl, ...environment }, [
    `--import=${IMPORTS_CHANGED}`,
  ]);
}

/** The built shell as it is: every module is in it, and events stay in the database. */
export function startMonolith(databaseUrl: string): Promise<RunningProcess> {
  return start(SHELL, { DATABASE_URL: databaseUrl, PORT: '0', MACROLITH_SEED: 'true' });
}

/** The built macroservice. */
export function startMacroservice(
  { databaseUrl, natsUrl }: Surroundings,
  modules: readonly string[],
): Promise<RunningProcess> {
  const MODULES = modules.map((name) => `@macrolith/${name}`).join(',');
  return start(MACROSERVICE, { DATABASE_URL: databaseUrl, NATS_URL: natsUrl, HEALTH_PORT: '0', MODULES });
}

async function start(
  file: string,
  environment: Record<string, string>,
  nodeOptions: readonly string[] = [],
): Promise<RunningProcess> {
  const program = startProgram({ file, nodeOptions, environment: { LOG_LEVEL: 'silent', ...environment } });
  return { ...program, url: await program.ready };
}
