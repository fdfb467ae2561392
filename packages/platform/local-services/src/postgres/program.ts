import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LocalServiceError } from '../error.ts';
import { type ServerAccount, serverAccount } from './account.ts';
import { type PostgresInstallation, postgresInstallation } from './installation.ts';

export type ProgramName = 'initdb' | 'postgres';

/** How to run one of PostgreSQL's programs on a folder. */
export interface Program {
  readonly command: string;
  /** Go before the program's own arguments. */
  readonly leadingArguments: readonly string[];
  /** For `child_process.spawn`: the account to run as, and a folder that it may enter. */
  readonly spawnOptions: { readonly uid?: number; readonly gid?: number; readonly cwd: string };
}

/**
 * Where root keeps a copy of the programs that another account may run: a checkout below `/root`, where root's clones
 * usually are, is closed to everybody else.
 */
const PROGRAM_CACHE = '/var/cache/macrolith';

/**
 * Finds the program and a way to run it on this folder as an account that PostgreSQL agrees to. When root's account for
 * it may not enter the folder, the program gets the one capability that opens it (CAP_DAC_OVERRIDE, see
 * capabilities(7)); it stays an ordinary user otherwise.
 */
export function postgresProgram(name: ProgramName, folder: string): Program {
  const account = serverAccount();
  if (account === undefined)
    return { command: postgresInstallation()[name], leadingArguments: [], spawnOptions: { cwd: '/' } };

  const command = commandFor(account, name);
  if (mayEnter(account, folder)) return { command, leadingArguments: [], spawnOptions: { ...account, cwd: '/' } };

  if (spawnSync('setpriv', ['--version']).status !== 0) {
    throw new LocalServiceError(
      'unusable-data-folder',
      `PostgreSQL runs as the system account "postgres", which may not enter ${folder}; move the checkout out of root's home, or work as another user than root.`,
    );
  }
  return {
    command: 'setpriv',
    leadingArguments: [...asAccountWithOneCapability(account), command],
    spawnOptions: { cwd: '/' },
  };
}

function asAccountWithOneCapability({ uid, gid }: ServerAccount): string[] {
  const only = '-all,+dac_override';
  return [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=${only}`,
    `--ambient-caps=${only}`,
    `--bounding-set=${only}`,
  ];
}

function commandFor(account: ServerAccount, name: ProgramName): string {
  const installation = postgresInstallation();
  if (mayRun(account, installation[name])) return installation[name];
  return join(copiedInstallation(installation), 'bin', name);
}

/** Copies PostgreSQL's programs, libraries and data files once per version, complete or not at all. */
function copiedInstallation(installation: PostgresInstallation): string {
  const copy = join(PROGRAM_CACHE, `postgres-${installation.version}-${process.arch}`);
  if (existsSync(copy)) return copy;
  mkdirSync(PROGRAM_CACHE, { recursive: true });
  const workshop = mkdtempSync(join(PROGRAM_CACHE, 'copying-'));
  try {
    cpSync(dirname(dirname(installation.postgres)), workshop, { recursive: true, verbatimSymlinks: true });
    chmodSync(workshop, 0o755);
    renameSync(workshop, copy);
  } catch (error) {
    // Another start may have been faster; a rename onto its copy is refused.
    if (!existsSync(copy)) throw error;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
  return copy;
}

function mayRun(account: ServerAccount, program: string): boolean {
  return spawnSync('test', ['-x', program], { ...account, cwd: '/' }).status === 0;
}

function mayEnter(account: ServerAccount, folder: string): boolean {
  return spawnSync('test', ['-x', folder], { ...account, cwd: '/' }).status === 0;
}
