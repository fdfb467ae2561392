import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { databaseAddress } from '../../src/events/database-address.js';
import { macro } from '../commands/macro.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'macro-events-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function writeSettings(settings: string): void {
  mkdirSync(path.join(root, '.macrolith/postgres'), { recursive: true });
  writeFileSync(path.join(root, '.macrolith/postgres/settings.json'), settings);
}

test('--database goes before DATABASE_URL, and that before the development database', () => {
  writeSettings('{"port": 5433, "password": "p:w"}');
  const environment = { DATABASE_URL: 'postgres://b@localhost/b' };
  const urlOf = (database: string | undefined, env: Record<string, string>) =>
    databaseAddress({ database, environment: env, root }).url;
  expect(urlOf('postgres://a@localhost/a', environment)).toBe('postgres://a@localhost/a');
  expect(urlOf(undefined, environment)).toBe('postgres://b@localhost/b');
  expect(urlOf(undefined, {})).toBe('postgres://postgres:p%3Aw@127.0.0.1:5433/macrolith');
});

test('without any database the sentence tells the three ways to name one', async () => {
  const { code, err } = await macro(['events', 'list', '--root', root]);
  expect(code).toBe(2);
  expect(err).toMatch(
    /^macro: which database\? Set DATABASE_URL, or name it with --database; .* run pnpm start there first/,
  );
});

test('damaged settings are told apart', async () => {
  writeSettings('{"port": "x"');
  expect((await macro(['events', 'list', '--root', root])).err).toMatch(/settings\.json holds no port and password/);
});

test('a database that is not there, and an address that is none, are told without the password', async () => {
  const nobody = await macro(['events', 'list', '--database', 'postgres://a:secret@127.0.0.1:1/shop']);
  expect(nobody.code).toBe(2);
  expect(nobody.err).toMatch(/^macro: the database of --database cannot be reached: .*ECONNREFUSED/);
  const other = await macro(['events', 'list'], { environment: { DATABASE_URL: 'mysql://a:secret@127.0.0.1/shop' } });
  expect(other.err).toMatch(/^macro: DATABASE_URL is no PostgreSQL address; it must look like/);
  expect(nobody.err + other.err).not.toContain('secret');
});
