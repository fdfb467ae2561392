import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { startNats } from '@macrolith/local-services';
import { Logger } from '@nestjs/common';
import { NatsLink } from './nats-link.js';
import { natsPlace } from './nats-place.js';

Logger.overrideLogger(false);

/** More than a network takes for somebody who reads nothing. */
const MUCH = new Uint8Array(256 * 1_024);
const TIMES = 200;

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(20);
}

test.each(['wss', 'ws', 'http'])('%s:// is refused before anything is said there', async (scheme) => {
  let asked = 0;
  const server = createServer((socket) => {
    asked += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const link = new NatsLink(natsPlace({ servers: `${scheme}://shop:secret-password@127.0.0.1:${port}` }));

  const refusal = await link.ready(60_000).catch((error: unknown) => error);

  expect(refusal).toMatchObject({ code: 'macrolith.nats-misconfigured', fault: 'unknown-scheme' });
  expect(String(refusal)).not.toContain('secret-password');
  expect(asked).toBe(0);
  server.close();
});

test('a server that has gone silent while much is on its way is lost soon, and a new connection is made', async () => {
  const nats = await startNats();
  const link = new NatsLink(natsPlace({ servers: nats.url, connection: { pingInterval: 200 } }));
  try {
    await link.ready(60_000);
    const silent = link.connection!;

    await nats.pause();
    for (let times = 0; times < TIMES; times += 1) silent.publish('much', MUCH);
    await until(() => !link.isUp);
    // The client of NATS holds it for as long as the network does not take what is on its way.
    await until(() => silent.isClosed());
    nats.resume();

    await until(() => link.isUp);
    expect(link.connection).not.toBe(silent);
  } finally {
    nats.resume();
    await link.close();
    await nats.stop();
  }
});
