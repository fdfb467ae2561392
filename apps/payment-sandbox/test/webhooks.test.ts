import { createHmac, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { newSecrets } from '../src/process/start-sandbox.ts';
import { idOf, merchant, sandboxes } from './sandbox.ts';

interface Heard {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
}

const { start } = sandboxes();
let server: Server;
let url: string;
let heard: Heard[];
/** Answers to give before the 204s. */
let statuses: number[];

beforeEach(async () => {
  heard = [];
  statuses = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const header = (name: string) => String(request.headers[`webhook-${name}`]);
    heard.push({ id: header('id'), timestamp: header('timestamp'), signature: header('signature'), body });
    response.writeHead(statuses.shift() ?? 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function untilHeard(count: number): Promise<Heard[]> {
  while (heard.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
  return heard;
}
const typesOf = (events: Heard[]) => events.map(({ body }) => (JSON.parse(body) as { type: string }).type).sort();

test('what happens to an authorisation is told, signed over id, time and body', async () => {
  const secrets = newSecrets();
  const sandbox = await start({ secrets, webhookUrl: url });
  const shop = merchant(sandbox);
  const id = await idOf(await shop.authorise('a', { reference: 'order 7' }));
  await shop.capture('b', id);

  const events = await untilHeard(2);

  expect(typesOf(events)).toEqual(['authorisation.authorise', 'authorisation.capture']);
  for (const event of events) {
    const key = Buffer.from(secrets.webhookSecret.slice('whsec_'.length), 'base64');
    const signed = createHmac('sha256', key).update(`${event.id}.${event.timestamp}.${event.body}`).digest('base64');
    expect(event.signature).toBe(`v1,${signed}`);
    expect(JSON.parse(event.body)).toMatchObject({ authorisation: { id, reference: 'order 7' } });
  }
});

test('what was not heard is told again, under the same id, until it is', async () => {
  statuses = [500, 503];
  const sandbox = await start({ webhookUrl: url });
  await merchant(sandbox).authorise('a');

  const events = await untilHeard(3);

  expect(new Set(events.map(({ id }) => id)).size).toBe(1);
});

test('twice: one event is told twice', async () => {
  const sandbox = await start({ webhookUrl: url });
  await sandbox.fail({ on: 'webhook', kind: 'twice' });
  await merchant(sandbox).authorise('a');

  const events = await untilHeard(2);

  expect(new Set(events.map(({ id }) => id)).size).toBe(1);
});

test('what a killed process had to tell is told by the next one, where the last one was to tell it', async () => {
  const store = join(tmpdir(), `${randomUUID()}.sqlite`);
  const secrets = newSecrets();
  let sandbox = await start({ store, secrets });
  await sandbox.sendWebhooksTo(url);
  await sandbox.fail({ on: 'webhook', kind: 'dead', times: 1000 });
  await merchant(sandbox).authorise('a');
  await sandbox.kill();
  expect(heard).toEqual([]);

  sandbox = await start({ store, secrets });

  expect(typesOf(await untilHeard(1))).toEqual(['authorisation.authorise']);
  await sandbox.stop();
  rmSync(store);
});
