import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { runMacro } from '@macrolith/cli';
import type { PostgresServer } from '@macrolith/local-services';
import pg from 'pg';

export const WORKSPACE = fileURLToPath(new URL('../../../', import.meta.url));
export const MACRO = fileURLToPath(new URL('./programs/macro.js', import.meta.url));

const BIN = `${WORKSPACE}packages/platform/cli/bin/macro.js`;

/** No output may hold it. */
export const PASSWORD = 'never-told';

export interface HandoverDatabase {
  /** For the user that deploys to it, who is no superuser. */
  readonly url: string;
  /** For a superuser, who may become every role. */
  readonly superuserUrl: string;
}

/** Makes a database of its own on a server, and the user that deploys to it. */
export async function databaseFor(server: PostgresServer, name: string): Promise<HandoverDatabase> {
  const user = `${name}_admin`;
  await query(server.url, [
    `CREATE ROLE ${user} LOGIN CREATEROLE REPLICATION PASSWORD '${PASSWORD}'`,
    `GRANT pg_create_subscription TO ${user}`,
    `CREATE DATABASE ${name} OWNER ${user}`,
  ]);
  const at = (parts: object) => Object.assign(new URL(server.url), { pathname: `/${name}`, ...parts }).href;
  return { url: at({ username: user, password: PASSWORD }), superuserUrl: at({}) };
}

/** Runs statements over one connection and answers the rows of the last. */
export async function query<Row extends object>(url: string, statements: readonly string[]): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const statement of statements) ({ rows } = await client.query<Row>(statement));
    return rows;
  } finally {
    await client.end();
  }
}

/** SQLSTATE by which a statement is refused to a role; undefined when it is not. */
export async function refusal(
  { superuserUrl }: HandoverDatabase,
  role: string,
  statement: string,
): Promise<string | undefined> {
  try {
    await query(superuserUrl, ['BEGIN', `SET LOCAL ROLE ${role}`, statement, 'ROLLBACK']);
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

export interface MacroProcessRun {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly printed: string;
}

export interface MacroRun {
  readonly code: number;
  /** Both streams. */
  readonly printed: string;
}

/** `macro handover` in this process. */
export function handover(
  from: { readonly url: string },
  to: { readonly url: string } | undefined,
  ...args: readonly string[]
): Promise<MacroRun> {
  return macro(from, to, ['handover', ...args]);
}

/** `macro handover` in a process of its own, as at a terminal. */
export function handoverProcess(
  from: { readonly url: string },
  to: { readonly url: string },
  ...args: readonly string[]
): { readonly process: ChildProcess; readonly ended: Promise<MacroProcessRun> } {
  const environment = { ...process.env, NODE_OPTIONS: '', DATABASE_URL: from.url, TARGET_DATABASE_URL: to.url };
  const child = spawn(process.execPath, [BIN, 'handover', ...args, '--root', WORKSPACE], { env: environment });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, printed }));
  return { process: child, ended };
}

/** `macro` in this process. */
export async function macro(
  from: { readonly url: string },
  to: { readonly url: string } | undefined,
  args: readonly string[],
): Promise<MacroRun> {
  let printed = '';
  const write = (text: string) => {
    printed += text;
  };
  const environment = { DATABASE_URL: from.url, ...(to && { TARGET_DATABASE_URL: to.url }) };
  const streams = { out: { write }, err: { write }, environment };
  const code = await runMacro([...args, '--root', WORKSPACE], streams);
  if (printed.includes(PASSWORD)) throw new Error(`A password was printed: ${printed}`);
  return { code, printed };
}
