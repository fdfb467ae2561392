import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type PostgresServer, startPostgres } from '@macrolith/local-services';
import pg from 'pg';
import { BuiltShell } from '../src/shell/built-shell.ts';
import { workspaceRoot } from '../src/workspace.ts';

const PAGE = readFileSync(join(workspaceRoot, 'docs/how-to/use-your-own-database.md'), 'utf8');
const HANDOVER = readFileSync(join(workspaceRoot, 'docs/how-to/hand-a-module-its-own-database.md'), 'utf8');

const MACRO = join(workspaceRoot, 'packages/platform/cli/bin/macro.js');

let server: PostgresServer;
let administrator: pg.Client;
beforeAll(async () => {
  server = await startPostgres({ settings: { wal_level: 'logical', max_wal_senders: '10' } });
  administrator = new pg.Client(server.url);
  await administrator.connect();
}, 180_000);
afterAll(async () => {
  await administrator?.end();
  await server?.stop();
});

async function runStatements(page: string): Promise<void> {
  const [, sql = ''] = /```sql\n([\s\S]*?)```/.exec(page) ?? [];
  for (const statement of sql.split(';').filter((text) => text.trim() !== '')) await administrator.query(statement);
}

function urlOf(username: string, pathname: string): string {
  return Object.assign(new URL(server.url), { username, password: 'secret', pathname }).href;
}

test('the user that the page makes has the rights that the shell needs, and the roles are those of its table', async () => {
  await runStatements(PAGE);

  const shell = await BuiltShell.start(workspaceRoot, urlOf('shop_admin', '/shop'));
  try {
    expect((await fetch(`${shell.url}/health/ready`)).status).toBe(200);
  } finally {
    await shell.stop();
  }

  const { rows } = await administrator.query<{ rolname: string }>(
    `SELECT rolname FROM pg_roles WHERE rolname LIKE 'shop\\_%' ORDER BY rolname`,
  );
  const roles = rows.map(({ rolname }) => rolname);
  const told = [...PAGE.matchAll(/^\| `(shop_\w+)` \|/gm)].map((match) => match[1]!);
  expect(told).toHaveLength(3);
  expect(roles).toEqual(expect.arrayContaining(told));
}, 180_000);

test('a module of that shell is handed a database of its own by the commands of that page, which print what it shows', async () => {
  await runStatements(HANDOVER);
  const environment = {
    DATABASE_URL: urlOf('shop_admin', '/shop'),
    TARGET_DATABASE_URL: urlOf('messages_admin', '/messages'),
  };
  const steps = [...HANDOVER.matchAll(/```sh\npnpm (macro handover .*)\n```\n\n```text\n([\s\S]*?)```/g)];
  expect(steps).toHaveLength(4);

  for (const [, command = '', shown = ''] of steps) {
    const { stdout } = await promisify(execFile)(process.execPath, [MACRO, ...command.split(' ').slice(1)], {
      cwd: workspaceRoot,
      env: { ...process.env, NODE_OPTIONS: '', ...environment },
    });
    expect(withoutFigures(stdout)).toEqual(withoutFigures(shown));
  }
}, 180_000);

/** Figures, checksums and moments are others each time, and so are the lines that tell how far a long step is. */
function withoutFigures(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('…'))
    .map((line) => line.replaceAll(/\b[0-9a-f]{32}\b|[0-9][0-9.:TZ-]*(?: (?:[KMG]i)?B)?/g, '0').replaceAll(/ +/g, ' '));
}
