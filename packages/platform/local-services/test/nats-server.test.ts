import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type NatsServer, type NatsServerOptions, startNats } from '../src/index.ts';
import { isRunning } from '../src/process/identity.ts';
import { folderOfNats } from './command-line.ts';
import { watchdogsOf } from './watchdogs.ts';

const PROGRAM = fileURLToPath(new URL('./programs/start-nats.ts', import.meta.url));

interface Started {
  pid: number;
  folder: string;
}

async function startInAnotherProcess() {
  const starter = fork(PROGRAM, { execArgv: [] });
  const [server] = (await once(starter, 'message')) as [Started];
  return { starter, server };
}

async function eventually(condition: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(`Still not so after 60 s: ${condition}`);
    await sleep(50);
  }
}

/** Speaks NATS's own text protocol (https://docs.nats.io/reference/reference-protocols/nats-protocol), as anybody may. */
class Conversation {
  private heard = '';

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk) => {
      this.heard += chunk;
    });
  }

  static async with(port: number): Promise<Conversation> {
    const socket = connect(port, '127.0.0.1');
    const conversation = new Conversation(socket);
    await conversation.hears('INFO');
    socket.write('CONNECT {"verbose":false}\r\nSUB answer 1\r\n');
    return conversation;
  }

  async asks(subject: string, payload: string): Promise<string> {
    this.heard = '';
    this.socket.write(`PUB ${subject} answer ${Buffer.byteLength(payload)}\r\n${payload}\r\n`);
    await this.hears('}\r\n');
    return this.heard;
  }

  end(): void {
    this.socket.destroy();
  }

  hears(text: string): Promise<void> {
    return eventually(() => this.heard.includes(text));
  }

  /** Whether the server answers PING with PONG. */
  ping(): void {
    this.heard = '';
    this.socket.write('PING\r\n');
  }

  get silent(): boolean {
    return this.heard === '';
  }
}

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(options: NatsServerOptions = {}): Promise<NatsServer> {
  const server = await startNats(options);
  cleanups.push(() => server.stop());
  return server;
}

async function converse({ port }: NatsServer): Promise<Conversation> {
  const conversation = await Conversation.with(port);
  cleanups.push(() => conversation.end());
  return conversation;
}

const STREAM = JSON.stringify({ name: 'NOTES', subjects: ['notes'], storage: 'file' });

describe('A nats-server', () => {
  test('serves JetStream on loopback, and leaves no process and no folder when stopped', async () => {
    const server = await start();
    const folder = folderOfNats(server.pid);
    expect(existsSync(folder)).toBe(true);
    const conversation = await converse(server);

    expect(server.url).toBe(`nats://127.0.0.1:${server.port}`);
    expect(await conversation.asks('$JS.API.STREAM.CREATE.NOTES', STREAM)).toContain('"name":"NOTES"');

    await server.stop();
    await server.stop();
    expect(isRunning(server.pid)).toBe(false);
    expect(existsSync(folder)).toBe(false);
  });

  test('lets no stranger in where its configuration says who may come, before and after a restart', async () => {
    const server = await start({ configuration: 'authorization { token: "open sesame" }' });
    const stranger = await converse(server);
    await stranger.hears('Authorization Violation');

    await server.restart();
    const again = await converse(server);
    await again.hears('Authorization Violation');
  });

  test.each(['killed', 'running'])('keeps port and messages when it is restarted after it was %s', async (how) => {
    const server = await start();
    const before = await converse(server);
    await before.asks('$JS.API.STREAM.CREATE.NOTES', STREAM);
    await before.asks('notes', 'remember');
    const firstPid = server.pid;

    if (how === 'killed') await server.kill();
    await server.restart();

    const after = await converse(server);
    expect(await after.asks('$JS.API.STREAM.INFO.NOTES', '')).toContain('"messages":1');
    expect(server.pid).not.toBe(firstPid);
    expect(isRunning(firstPid)).toBe(false);
  });

  test('answers nothing while it is paused, and goes on afterwards with the same connections', async () => {
    const server = await start();
    const conversation = await converse(server);

    await server.pause();
    conversation.ping();
    await sleep(300);
    expect(conversation.silent).toBe(true);
    server.resume();

    await conversation.hears('PONG');
  });

  test('can be stopped when it was killed, and while it is paused', async () => {
    const [killed, paused] = await Promise.all([start(), start()]);
    await killed.kill();
    await paused.pause();

    await killed.stop();
    await paused.stop();

    expect([killed.pid, paused.pid].map(isRunning)).toEqual([false, false]);
  });

  test('is stopped and removed by its watchdog when its starter is killed by SIGKILL', async () => {
    const { starter, server } = await startInAnotherProcess();

    starter.kill('SIGKILL');

    await eventually(() => !isRunning(server.pid) && !existsSync(server.folder));
  });

  test('is swept away by the next start when its watchdog was killed as well', async () => {
    const { starter, server } = await startInAnotherProcess();
    for (const pid of watchdogsOf(server.pid)) process.kill(pid, 'SIGKILL');
    starter.kill('SIGKILL');
    await once(starter, 'exit');
    expect(isRunning(server.pid)).toBe(true);

    await start();

    // Another start at the same time may be the one that sweeps.
    await eventually(() => !isRunning(server.pid) && !existsSync(server.folder));
  });
});
