import { LocalServiceError } from '../error.ts';

/** PostgreSQL ended while it started. */
export class PostgresDidNotStart extends LocalServiceError {
  /** What its log gives as reasons, without time and level. */
  readonly reasons: readonly string[];

  constructor(log: string, logFile: string) {
    const reasons = reasonsIn(log);
    super('postgres-did-not-start', `PostgreSQL did not start: ${reasons.join('; ') || `its log is ${logFile}`}`);
    this.reasons = reasons;
  }

  /** Somebody else listens on its port. */
  get portTaken(): boolean {
    return this.reasons.some((reason) => reason.includes('Address already in use'));
  }

  /** Another server already uses its data folder. */
  get folderTaken(): boolean {
    return this.reasons.some((reason) => FOLDER_TAKEN.test(reason));
  }
}

/** The lines of a PostgreSQL log that say why it ended. */
export function reasonsIn(log: string): string[] {
  const reasons = log
    .split('\n')
    .filter((line) => FATAL.test(line) || COULD_NOT.test(line))
    .map((line) => line.replace(PREFIX, ''));
  return [...new Set(reasons)];
}

/** The second is said while the last processes of a killed server are still about to end. */
const FOLDER_TAKEN = /lock file "postmaster.pid" already exists|pre-existing shared memory block/;
const FATAL = /\b(FATAL|PANIC): /;
const COULD_NOT =
  /\bLOG: +(could not|invalid)|error while loading shared libraries|^postgres: could not|^Expected to find it|^but could not/;
const PREFIX = /^(.*?\b(FATAL|PANIC|LOG): +|postgres: )/;
