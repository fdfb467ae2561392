import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { LocalServiceError, type PostgresServer, startPostgres } from '../src/index.ts';
import { isRunning } from '../src/process/identity.ts';
import { watchdogsOf } from './watchdogs.ts';

const PROGRAM = fileURLToPath(new URL('./programs/start-durable-server.ts', import.meta.url));

interface Outcome {
  pid?: number;
  port?: number;
  url?: string;
  code?: string;
  message?: string;
}

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'durable-server-test-'));
  chmodSync(parent, 0o755);
  folder = join(parent, 'postgres');
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

const start = (): Promise<PostgresServer> => startPostgres({ durable: true, folder });

async function startInAnotherProcess(): Promise<{ starter: ChildProcess; outcome: Outcome }> {
  const starter = fork(PROGRAM, [folder], { execArgv: [] });
  const [outcome] = (await once(starter, 'message')) as [Outcome];
  return { starter, outcome };
}

async function refusal(): Promise<LocalServiceError> {
  const outcome = await start().catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(LocalServiceError);
  const error = outcome as LocalServiceError;
  expect(error.message).not.toContain('\n');
  return error;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function kill(starter: ChildProcess): Promise<void> {
  const exit = once(starter, 'exit');
  starter.kill('SIGKILL');
  await exit;
}

describe('A durable PostgreSQL', () => {
  test('keeps data, port and password from start to start, and writes to disk before it says so', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE note AS SELECT 42 AS answer');
    await first.stop();

    const second = await start();

    expect(second.url).toBe(first.url);
    expect(await query(second.url, "SELECT answer, current_setting('fsync') AS fsync FROM note")).toEqual([
      { answer: 42, fsync: 'on' },
    ]);
    await second.stop();
    expect(isRunning(second.pid)).toBe(false);
  });

  test('keeps its password in a file that only its owner may read', async () => {
    const server = await start();
    await server.stop();

    const settings = join(folder, 'settings.json');
    expect(statSync(settings).mode & 0o777).toBe(0o600);
    expect(server.url).toContain(JSON.parse(readFileSync(settings, 'utf8')).password);
  });

  test('takes and remembers another port when its own is taken', async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(first.port, '127.0.0.1');
    await once(squatter, 'listening');

    const second = await start();
    await second.stop();
    squatter.close();
    const third = await start();

    expect(second.port).not.toBe(first.port);
    expect(third.port).toBe(second.port);
    await third.stop();
  });

  test('keeps committed data when its starter is killed, and starts again at once', async () => {
    const { starter, outcome } = await startInAnotherProcess();
    await query(outcome.url as string, 'CREATE TABLE note AS SELECT 42 AS answer');

    await kill(starter);
    const next = await start();

    expect(isRunning(outcome.pid as number)).toBe(false);
    expect(await query(next.url, 'SELECT answer FROM note')).toEqual([{ answer: 42 }]);
    await next.stop();
  });

  test('stops a server whose starter and watchdog were both killed, then starts anew', async () => {
    const { starter, outcome } = await startInAnotherProcess();
    for (const pid of watchdogsOf(outcome.pid as number)) process.kill(pid, 'SIGKILL');
    await kill(starter);
    expect(isRunning(outcome.pid as number)).toBe(true);

    const next = await start();

    expect(isRunning(outcome.pid as number)).toBe(false);
    await next.stop();
  });

  test('recovers when the server itself was killed', async () => {
    const { starter, outcome } = await startInAnotherProcess();
    await query(outcome.url as string, 'CREATE TABLE note AS SELECT 42 AS answer');
    process.kill(outcome.pid as number, 'SIGKILL');
    await kill(starter);

    const next = await start();

    expect(await query(next.url, 'SELECT answer FROM note')).toEqual([{ answer: 42 }]);
    await next.stop();
  });

  test('refuses a second starter, names the first one, and does not disturb it', async () => {
    const { starter, outcome } = await startInAnotherProcess();

    const error = await refusal();

    expect(error).toMatchObject({
      code: 'data-folder-in-use',
      message: expect.stringContaining(`process ${starter.pid}`),
    });
    expect(await query(outcome.url as string, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    starter.send('stop');
    await once(starter, 'exit');
  });

  test('lets one of several simultaneous first starters win', async () => {
    const starts = await Promise.all([1, 2, 3].map(() => startInAnotherProcess()));

    const winners = starts.filter(({ outcome }) => outcome.pid !== undefined);
    const losers = starts.filter(({ outcome }) => outcome.pid === undefined);
    expect(winners).toHaveLength(1);
    expect(losers.map(({ outcome }) => outcome.code)).toEqual(['data-folder-in-use', 'data-folder-in-use']);
    winners[0]?.starter.send('stop');
    await once(winners[0]?.starter as ChildProcess, 'exit');
  });

  test('works below a folder that only the present user may enter, as the home of root is', async () => {
    chmodSync(parent, 0o700);
    const first = await start();
    await query(first.url, 'CREATE TABLE note AS SELECT 42 AS answer');
    await first.stop();

    const second = await start();

    expect(await query(second.url, 'SELECT answer FROM note')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  test('is not fooled by a pid file whose process id was given to another program', async () => {
    const server = await start();
    await server.stop();
    writeFileSync(join(folder, 'data', 'postmaster.pid'), `${process.pid}\n${join(folder, 'data')}\n`);

    const next = await start();

    expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await next.stop();
  });
});

describe('An unusable data folder is refused in one sentence, unchanged, when', () => {
  test('a file is in its place', async () => {
    writeFileSync(folder, 'precious');

    expect(await refusal()).toMatchObject({ code: 'unusable-data-folder', message: expect.stringContaining(folder) });
    expect(readFileSync(folder, 'utf8')).toBe('precious');
  });

  test('its permissions close it, even to root', async () => {
    await (await start()).stop();
    chmodSync(folder, 0o000);

    const error = await refusal();

    expect(error).toMatchObject({
      code: 'unusable-data-folder',
      message: expect.stringMatching(/cannot be (read|used)/),
    });
    expect(statSync(folder).mode & 0o777).toBe(0);
    chmodSync(folder, 0o755);
    await (await start()).stop();
  });

  test('another major version of PostgreSQL made it', async () => {
    await (await start()).stop();
    writeFileSync(join(folder, 'data', 'PG_VERSION'), '13\n');

    expect(await refusal()).toMatchObject({
      code: 'unusable-data-folder',
      message: expect.stringContaining('PostgreSQL 13'),
    });
  });

  test('it holds something else than a PostgreSQL data folder', async () => {
    mkdirSync(join(folder, 'data'), { recursive: true });
    writeFileSync(join(folder, 'data', 'thesis.txt'), 'precious');

    expect(await refusal()).toMatchObject({
      code: 'unusable-data-folder',
      message: expect.stringContaining('PG_VERSION'),
    });
    expect(readFileSync(join(folder, 'data', 'thesis.txt'), 'utf8')).toBe('precious');
  });

  test('the server itself refuses it, with the reason of the server', async () => {
    await (await start()).stop();
    rmSync(join(folder, 'data', 'global'), { recursive: true });

    expect(await refusal()).toMatchObject({ code: 'unusable-data-folder', message: expect.stringContaining('global') });
  });

  test('its settings are damaged', async () => {
    await (await start()).stop();
    writeFileSync(join(folder, 'settings.json'), '{ "port": ');

    expect(await refusal()).toMatchObject({
      code: 'unusable-data-folder',
      message: expect.stringContaining('settings.json'),
    });
  });

  test('its database does not take the remembered password', async () => {
    await (await start()).stop();
    const settings = join(folder, 'settings.json');
    writeFileSync(settings, JSON.stringify({ ...JSON.parse(readFileSync(settings, 'utf8')), password: 'forgotten' }));

    const error = await refusal();

    expect(error.code).toBe('unusable-data-folder');
    expect(error.message).not.toContain('forgotten');
  });
});
