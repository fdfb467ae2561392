import { fileURLToPath } from 'node:url';
import { type RunningProgram, startProgram } from '@macrolith/local-services';

const SHELL = fileURLToPath(new URL('../../shell/dist/main.js', import.meta.url));
const NEVER_LOOKS_AROUND = fileURLToPath(new URL('./programs/never-looks-around.ts', import.meta.url));
const WORKER = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** A process of the monolith, and where it can be reached. */
export interface RunningProcess extends RunningProgram {
  readonly url: string;
}

/** The built shell, which leaves delivery to others. */
export function startShell(databaseUrl: string, settings: Record<string, string> = {}): Promise<RunningProcess> {
  const environment = { DATABASE_URL: databaseUrl, PORT: '0', EVENTS_RELAY: 'off', MACROLITH_SEED: 'true' };
  return start(SHELL, { ...environment, ...settings });
}

/** The built worker. */
export function startWorker(databaseUrl: string, settings: Record<string, string> = {}): Promise<RunningProcess> {
  return start(WORKER, { DATABASE_URL: databaseUrl, HEALTH_PORT: '0', ...settings });
}

/** A worker that does nothing unless it is told that there is something new. */
export function startWorkerThatOnlyListens(databaseUrl: string): Promise<RunningProcess> {
  return start(NEVER_LOOKS_AROUND, { DATABASE_URL: databaseUrl });
}

async function start(file: string, environment: Record<string, string>): Promise<RunningProcess> {
  const program = startProgram({ file, environment: { LOG_LEVEL: 'silent', ...environment } });
  return { ...program, url: await program.ready };
}
