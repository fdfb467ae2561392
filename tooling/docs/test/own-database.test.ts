import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type PostgresServer, startPostgres } from '@macrolith/local-services';
import pg from 'pg';
import { BuiltShell } from '../src/shell/built-shell.ts';
import { workspaceRoot } from '../src/workspace.ts';

const PAGE = readFileSync(join(workspaceRoot, 'docs/how-to/use-your-own-database.md'), 'utf8');

let server: PostgresServer;
let administrator: pg.Client;
beforeAll(async () => {
  server = await startPostgres();
  administrator = new pg.Client(server.url);
  await administrator.connect();
}, 180_000);
afterAll(async () => {
  await administrator?.end();
  await server?.stop();
});

test('the user that the page makes has the rights that the shell needs, and the roles are those of its table', async () => {
  const [, sql = ''] = /```sql\n([\s\S]*?)```/.exec(PAGE) ?? [];
  for (const statement of sql.split(';').filter((text) => text.trim() !== '')) await administrator.query(statement);
  const url = new URL(server.url);
  Object.assign(url, { username: 'shop_admin', password: 'secret', pathname: '/shop' });

  const shell = await BuiltShell.start(workspaceRoot, url.href);
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
