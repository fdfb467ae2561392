import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type NatsServer, startNats } from '@macrolith/local-services';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { connectDirectly } from './direct-transport.js';

let nats: NatsServer;
let connection: NatsConnection;
beforeAll(async () => {
  nats = await startNats();
  connection = await connectDirectly({ servers: nats.url, reconnectTimeWait: 20 });
});
afterAll(async () => {
  await connection.close();
  await nats.stop();
});

/** Bytes that are told from those of any other message, and from the same ones a little further on. */
function bodyOf(nth: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (nth * 31 + at * 7 + (at >> 8)) & 0xff);
}

/** Small ones that arrive together, and some that take several reads. */
const LENGTHS = [0, 1, 150, 4_095, 4_096, 65_000, 65_536, 65_537, 400_000, 3];

test('messages of all lengths arrive in order, and those that are kept stay what they were', async () => {
  const kept: Msg[] = [];
  const { promise: all, resolve } = Promise.withResolvers<void>();
  const expected = Array.from({ length: 20 * LENGTHS.length }, (_, nth) => bodyOf(nth, LENGTHS[nth % LENGTHS.length]!));
  connection.subscribe('kept', {
    callback: (_, message) => {
      if (kept.push(message) === expected.length) resolve();
    },
  });

  for (const body of expected) connection.publish('kept', body);
  await all;

  for (const [nth, message] of kept.entries()) expect(Buffer.compare(message.data, expected[nth]!)).toBe(0);
});

test('many questions at once have each its own answer', async () => {
  connection.subscribe('echo', { callback: (_, message) => void message.respond(message.data) });
  const questions = Array.from({ length: 500 }, (_, nth) => `question ${nth}`);

  const answers = await Promise.all(questions.map((question) => connection.request('echo', question)));

  expect(answers.map((answer) => answer.string())).toEqual(questions);
});

test('a connection that breaks is made again, and its subscriptions are', async () => {
  const heard: string[] = [];
  const subscription = connection.subscribe('still-there');
  void (async () => {
    for await (const message of subscription) heard.push(message.string());
  })();
  await connection.flush();
  const back = (async () => {
    for await (const { type } of connection.status()) if (type === 'reconnect') return;
  })();

  await connection.reconnect();
  await back;
  connection.publish('still-there', 'yes');
  await connection.drain();

  expect(heard).toEqual(['yes']);
});

test('a server that is not there ends it with why', async () => {
  await expect(connectDirectly({ servers: '127.0.0.1:1', reconnect: false })).rejects.toThrow(/refused/);
});
