import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, isPortFree, isRunning } from '@macrolith/local-services';
import { Command, eventually } from './command.ts';

const START = fileURLToPath(new URL('./programs/start-server.ts', import.meta.url));

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'start-test-'));
  chmodSync(root, 0o755);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function start(environment: Record<string, string> = {}): Command {
  return new Command(START, [root], { PORT: '0', JOURNAL: join(root, 'journal'), ...environment });
}

function journal(): string[] {
  return readFileSync(join(root, 'journal'), 'utf8').trim().split('\n');
}

/** The processes that a start has begun: PostgreSQL and the program. */
function startedPids(): { database: number; program: number } {
  const database = Number.parseInt(readFileSync(join(root, '.macrolith/postgres/data/postmaster.pid'), 'utf8'), 10);
  const program = Number(journal()[0]?.split(' ')[1]);
  return { database, program };
}

async function takePort(): Promise<{ squatter: Server; port: number }> {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  return { squatter, port: (squatter.address() as { port: number }).port };
}

describe('A start', () => {
  test('ends with the line to click, once database and program serve', async () => {
    const command = start();

    const url = await command.url();

    expect((await fetch(url)).ok).toBe(true);
    expect(command.lines.at(-1)).toBe(`Open ${url} in your browser.`);
    expect(journal()[0]).toMatch(/^listening \d+ postgres:\/\/postgres:\S+@127\.0\.0\.1:\d+\/macrolith$/);
    command.process.kill('SIGINT');
    expect(await command.ended()).toBe(0);
  });

  test('lets Ctrl-C drain the program while its database serves, and leaves no process and no port behind', async () => {
    const command = start();
    const url = await command.url();
    const { database, program } = startedPids();

    command.process.kill('SIGINT');
    expect(await command.ended()).toBe(0);

    expect(journal().slice(-2)).toEqual(['its database serves', 'drained']);
    expect([database, program].filter(isRunning)).toEqual([]);
    expect(await isPortFree(Number(new URL(url).port))).toBe(true);
  });

  test('is forced by a second Ctrl-C, and still leaves nothing behind', async () => {
    const command = start({ NEVER_DRAIN: 'yes' });
    await command.url();
    const { database, program } = startedPids();

    command.process.kill('SIGINT');
    await eventually(() => journal().includes('asked to stop'));
    await new Promise((resolve) => setTimeout(resolve, 500));
    command.process.kill('SIGINT');

    expect(await command.ended()).toBe(0);
    expect([database, program].filter(isRunning)).toEqual([]);
  });

  test('leaves nothing behind when it is killed by SIGKILL', async () => {
    const command = start();
    await command.url();
    const { database, program } = startedPids();

    command.process.kill('SIGKILL');

    await eventually(() => [database, program].filter(isRunning).length === 0);
  });

  test('ends in good order when the package manager that ran it is killed', async () => {
    const manager = join(root, 'pnpm');
    writeFileSync(manager, `#!/bin/sh\n"$@" &\nwait\n`, { mode: 0o755 });
    const environment = { ...process.env, DATABASE_URL: '', HOST: '', PORT: '0', JOURNAL: join(root, 'journal') };
    const wrapper = spawn(manager, [process.execPath, START, root], { env: environment, stdio: 'ignore' });
    await eventually(() => existsSync(join(root, 'journal')) && journal().includes('health asked'));
    const { database, program } = startedPids();

    wrapper.kill('SIGKILL');

    await eventually(() => [database, program].filter(isRunning).length === 0);
    expect(journal().at(-1)).toBe('drained');
  });

  test('uses the given database and starts none', async () => {
    const database = await createTestDatabase();
    const command = start({ DATABASE_URL: database.url });

    await command.url();

    expect(journal()[0]).toContain(database.url);
    expect(existsSync(join(root, '.macrolith'))).toBe(false);
    command.process.kill('SIGTERM');
    expect(await command.ended()).toBe(0);
    await database.drop();
  });

  test('ends with the exit code of a program that ended by itself, and stops the database', async () => {
    const command = start();
    await command.url();
    const { database, program } = startedPids();

    process.kill(program, 'SIGKILL');

    expect(await command.ended()).toBe(1);
    expect(command.lines.at(-1)).toContain('ended by itself, with SIGKILL');
    expect(isRunning(database)).toBe(false);
  });
});

describe('A start that cannot be is refused in one sentence, with exit code 1:', () => {
  test('a taken port, before anything was started', async () => {
    const { squatter, port } = await takePort();

    const command = start({ PORT: `${port}` });

    expect(await command.ended()).toBe(1);
    expect(command.lines).toEqual([expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`)]);
    expect(existsSync(join(root, '.macrolith'))).toBe(false);
    squatter.close();
  });

  test.each([
    ['three thousand', 'not a port'],
    ['70000', 'not a port'],
    ['-1', 'not a port'],
  ])('PORT %s', async (port, reason) => {
    const command = start({ PORT: port });

    expect(await command.ended()).toBe(1);
    expect(command.lines).toEqual([expect.stringContaining(reason)]);
  });

  test('an address of another machine', async () => {
    const command = start({ HOST: '192.0.2.1', PORT: '3999' });

    expect(await command.ended()).toBe(1);
    expect(command.lines).toEqual([expect.stringContaining('192.0.2.1:3999')]);
  });

  test.each([
    ['malformed', 'localhost 5432 secret', 'must look like'],
    ['of another kind of database', 'mysql://root:secret@127.0.0.1/shop', 'must look like'],
    ['with a port where nobody listens', 'postgres://shop:secret@127.0.0.1:1/shop', 'no server listens there'],
    ['with a host that does not exist', 'postgres://shop:secret@no-such-host.invalid/shop', 'no host of that name'],
  ])('a DATABASE_URL %s', async (_case, databaseUrl, reason) => {
    const command = start({ DATABASE_URL: databaseUrl });

    expect(await command.ended()).toBe(1);
    expect(command.lines).toEqual([expect.stringContaining(reason)]);
    expect(command.output).not.toContain('secret');
  });

  test('a DATABASE_URL with a wrong password', async () => {
    const database = await createTestDatabase();
    const url = new URL(database.url);
    url.password = 'secret';

    const command = start({ DATABASE_URL: url.href });

    expect(await command.ended()).toBe(1);
    expect(command.lines).toEqual([expect.stringContaining('does not take the password')]);
    expect(command.output).not.toContain('secret');
    await database.drop();
  });

  test('a DATABASE_URL with a database that does not exist', async () => {
    const url = new URL(process.env.MACROLITH_TEST_POSTGRES as string);
    url.pathname = '/no_such_database';

    const command = start({ DATABASE_URL: url.href });

    expect(await command.ended()).toBe(1);
    expect(command.lines).toEqual([expect.stringContaining('no database of that name')]);
    expect(command.output).not.toContain(url.password);
  });

  test('an unreadable data folder, which stays as it is', async () => {
    mkdirSync(join(root, '.macrolith'));
    writeFileSync(join(root, '.macrolith/postgres'), 'precious');

    const command = start();

    expect(await command.ended()).toBe(1);
    expect(command.lines.at(-1)).toContain(join(root, '.macrolith/postgres'));
    expect(readFileSync(join(root, '.macrolith/postgres'), 'utf8')).toBe('precious');
  });

  test('a second start of the same checkout, which does not disturb the first', async () => {
    const first = start();
    const url = await first.url();

    const second = start();

    expect(await second.ended()).toBe(1);
    expect(second.lines.at(-1)).toContain('is in use by process');
    expect((await fetch(url)).ok).toBe(true);
    first.process.kill('SIGINT');
    await first.ended();
  });

  test('a program that says why it cannot start, and stops the database', async () => {
    const command = start({ FAIL_WITH: 'The moon is in the wrong phase.' });

    expect(await command.ended()).toBe(1);
    expect(command.output).toContain('The moon is in the wrong phase.');
    expect(existsSync(join(root, '.macrolith/postgres/data/postmaster.pid'))).toBe(false);
  });
});
