import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AnyPort, Operation } from '@macrolith/contract';
import { headers, type Msg } from '@nats-io/transport-node';
import { Applications, type Provider } from './applications.js';
import { Observatory } from './observatory.js';
import { Planetarium1 } from './planetarium.js';
import { RawNats } from './raw-nats.js';

const OBSERVE = 'macrolith.calls.observatory.observe';

let applications: Applications;
let provider: Provider;
beforeAll(async () => {
  applications = await Applications.start();
  provider = await applications.provider();
});
afterAll(() => applications.end());

const HEADERS = { 'Macrolith-Protocol': '1', 'Macrolith-Caller': 'stranger' };

/** What a program of any language does with its own client of NATS. Each call is a wish of its own. */
async function ask(subject: string, body: string | Uint8Array, given: Record<string, string> = {}): Promise<Msg> {
  const all = headers();
  const wish = { 'Idempotency-Key': randomUUID() };
  for (const [name, value] of Object.entries({ ...HEADERS, ...wish, ...given })) all.append(name, value);
  return applications.stranger.request(subject, body, { headers: all, timeout: 5_000 });
}

async function refusal(subject: string, body: string | Uint8Array, given: Record<string, string> = {}) {
  const answer = await ask(subject, body, given);
  const { code } = answer.json<{ code: string }>();
  return `${answer.headers?.get('Macrolith-Status')}: ${code}`;
}

/** All answers to a question that several may answer. */
async function askAll<T>(subject: string): Promise<T[]> {
  const answers: T[] = [];
  for await (const answer of await applications.stranger.requestMany(subject, '', {
    strategy: 'stall',
    maxWait: 2_000,
  })) {
    answers.push(answer.json<T>());
  }
  return answers;
}

describe('a program that only has a client of NATS', () => {
  test('calls an operation with JSON and a handful of headers', async () => {
    const answer = await ask(OBSERVE, '{"star":"Vega"}', { 'Idempotency-Key': 'by-hand' });

    expect(answer.headers).toBeUndefined();
    expect(answer.json()).toEqual({ count: 1 });
  });

  test('is told of a declared error with its fields, and NATS counts it', async () => {
    const answer = await ask(OBSERVE, '{"star":"clouds"}');

    expect(answer.headers?.get('Macrolith-Status')).toBe('error');
    expect(answer.headers?.get('Nats-Service-Error-Code')).toBe('422');
    expect(answer.json()).toEqual({
      code: 'observatory.overcast',
      message: 'Clouds until 2026-06-01T00:00:00.000Z.',
      fields: { until: '2026-06-01T00:00:00.000Z' },
    });
  });

  test('is told a trace, and nothing else, of an error that is not declared', async () => {
    const answer = await ask(OBSERVE, '{"star":"black hole"}');

    expect(answer.headers?.get('Macrolith-Status')).toBe('failed');
    expect(answer.json()).toEqual({ traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  test('finds the module, its operations and their figures by the service API of NATS', async () => {
    const [info] = await askAll<{ id: string; endpoints: object[] }>('$SRV.INFO.observatory');
    const [ping] = await askAll<object>('$SRV.PING');
    const [stats] = await askAll<{ endpoints: { name: string; num_requests: number; last_error: string }[] }>(
      `$SRV.STATS.observatory.${info?.id}`,
    );

    expect(ping).toMatchObject({ type: 'io.nats.micro.v1.ping_response', name: 'observatory', version: '1.2.0' });
    expect(info?.endpoints).toContainEqual({
      name: 'observe',
      subject: OBSERVE,
      queue_group: 'macrolith',
      metadata: { kind: 'command' },
    });
    const observe = stats?.endpoints.find(({ name }) => name === 'observe');
    expect(observe).toMatchObject({ num_requests: 3, num_errors: 2, last_error: 'unexpected' });
  });

  test('reads the contract, with its JSON Schemas', async () => {
    const contract = (await applications.stranger.request('macrolith.contracts.observatory')).json<{
      operations: object;
    }>();

    expect(contract).toMatchObject({ format: 1, name: 'observatory', version: '1.2.0' });
    expect(contract.operations).toHaveProperty('observe.input.properties.star.type', 'string');
  });
});

test('a caller of another version is told both versions when its argument does not fit', async () => {
  const answer = await ask(OBSERVE, '{"name":"Vega"}', { 'Macrolith-Contract': '1.1.0' });

  expect(answer.json<{ message: string }>().message).toMatch(/version 1\.1\.0 of the contract.*serves 1\.2\.0/);
});

describe('a call is refused', () => {
  test.each<[string, string | Uint8Array]>([
    ['that is no JSON', '{"star":'],
    ['that is empty', ''],
    ['that is no UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22])],
    ['whose JSON does not fit', '{"star":7}'],
    ['that is nested a hundred thousand times', '['.repeat(100_000) + ']'.repeat(100_000)],
  ])('%s', async (_, body) => {
    expect(await refusal(OBSERVE, body)).toBe('refused: invalid-input');
  });

  test.each<[string, Record<string, string>]>([
    ['that speaks another protocol', { 'Macrolith-Protocol': '2' }],
    ['that does not say which module calls', { 'Macrolith-Caller': 'Two Words' }],
    ['whose time left is no number', { 'Macrolith-Timeout-Ms': 'soon' }],
    ['whose header is no percent-encoded UTF-8', { 'Idempotency-Key': '%C0%A0' }],
    ['of a command whose key is empty', { 'Idempotency-Key': '' }],
    ['of a command whose key is longer than 255 characters', { 'Idempotency-Key': '%E2%84%96'.repeat(256) }],
    ['of a command whose key no database takes', { 'Idempotency-Key': 'wish%00' }],
    ['of a tenant whose name is longer than 255 characters', { 'Macrolith-Tenant': 'n'.repeat(256) }],
  ])('%s', async (_, given) => {
    expect(await refusal(OBSERVE, '{"star":"unasked"}', given)).toBe('refused: protocol');
    expect(provider.service.observed).not.toContain('unasked');
  });

  test('of a task that does not say which message it is, or not with a UUID', async () => {
    const CLEAN = 'macrolith.calls.observatory.clean';

    expect(await refusal(CLEAN, '{"lens":"front"}')).toBe('refused: protocol');
    expect(await refusal(CLEAN, '{"lens":"front"}', { 'Macrolith-Message-Id': 'm-1' })).toBe('refused: protocol');
    expect(provider.service.cleaned).toEqual([]);
  });

  test('whose time was over when it came', async () => {
    expect(await refusal(OBSERVE, '{"star":"x"}', { 'Macrolith-Timeout-Ms': '0' })).toBe('refused: deadline-passed');
  });

  test('of an operation that the contract does not have', async () => {
    expect(await refusal('macrolith.calls.observatory.explode', 'null')).toBe('refused: unknown-operation');
  });

  test('that brings a principal nobody here can check', async () => {
    expect(await refusal(OBSERVE, '{"star":"x"}', { 'Macrolith-Principal': 'a.b.c' })).toBe('refused: unauthenticated');
  });
});

test('what the contract does not know is left out of an argument, however deep it is', async () => {
  const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;

  const answer = await ask(OBSERVE, `{"star":"x","more":${deep}}`);

  expect(answer.headers).toBeUndefined();
});

test('who answers the calls of one module is not told where the answers of another arrive', async () => {
  const { calls, close } = await applications.caller();
  const call = (port: AnyPort, operation: Operation) =>
    calls.sender(port, operation, {
      from: 'astronomer',
      to: operation.module,
      operation: operation.name,
      kind: operation.kind,
      binding: 'remote',
    })({ show: 'comets' }, undefined);
  const addresses: string[] = [];
  const listening = applications.stranger.subscribe('macrolith.calls.*.*', {
    callback: (_, { reply }) => void addresses.push(reply!.slice(0, reply!.lastIndexOf('.'))),
  });
  const showing = applications.stranger.subscribe('macrolith.calls.planetarium.*', {
    callback: (_, message) => void message.respond('{"free":1}'),
  });
  await applications.stranger.flush();

  await call(Observatory, Observatory.op.whoAsks);
  await call(Planetarium1, Planetarium1.op.seats);
  await call(Observatory, Observatory.op.whoAsks);
  await applications.stranger.flush();
  listening.unsubscribe();
  showing.unsubscribe();
  await close();

  expect(addresses).toEqual([addresses[0], expect.stringMatching(/^_INBOX\.[\w-]{22}$/), addresses[0]]);
  expect(addresses[1]).not.toBe(addresses[0]);
});

test('a key has 255 characters of any language, and belongs to a command alone', async () => {
  const key = encodeURIComponent('№'.repeat(255));

  expect((await ask(OBSERVE, '{"star":"x"}', { 'Idempotency-Key': key })).headers).toBeUndefined();
  const { json } = (
    await ask('macrolith.calls.observatory.whoAsks', 'null', { 'Idempotency-Key': 'k'.repeat(256) })
  ).json<{ json: string }>();
  expect(JSON.parse(json)).not.toHaveProperty('idempotencyKey');
});

test('a message that asks for no answer is dropped, and counted', async () => {
  const { dropped } = provider.server.state;

  applications.stranger.publish(OBSERVE, '{"star":"nobody hears"}');
  await ask(OBSERVE, '{"star":"somebody hears"}');

  expect(provider.server.state.dropped).toBe(dropped + 1);
  expect(provider.service.observed).not.toContain('nobody hears');
});

/** What a program writes that follows no protocol, and what becomes of it. */
describe('a message bomb', () => {
  const WELL_FORMED = 'NATS/1.0\r\nMacrolith-Protocol: 1\r\nMacrolith-Caller: stranger\r\nIdempotency-Key: wish\r\n';
  const BODY = '{"star":"x"}';
  let raw: RawNats;
  beforeAll(async () => {
    raw = await RawNats.connect(applications.nats.port);
  });
  afterAll(() => raw.close());

  /** What the answer to these bytes says; its code where it is a refusal. */
  async function answerTo(subject: string, head: string, body: string | Buffer): Promise<string> {
    const inbox = `_INBOX.bombs.${Math.random().toString(36).slice(2)}`;
    const answer = new Promise<string>((resolve) => {
      applications.stranger.subscribe(inbox, {
        max: 1,
        callback: (_, message) => {
          const status = message.headers?.get('Macrolith-Status') ?? 'done';
          resolve(status === 'refused' ? message.json<{ code: string }>().code : status);
        },
      });
    });
    await applications.stranger.flush();
    // Each is a wish of its own: no stored answer stands in for what becomes of it.
    raw.publish(subject, inbox, head.replace(' wish', ` ${randomUUID()}`), body);
    return answer;
  }

  const manyLines = Array.from({ length: 3_000 }, (_, number) => `X-${number}: 1\r\n`).join('');
  const sighting = (distanceKm: string) =>
    JSON.stringify({ star: 'x', at: '2026-01-01T00:00:00.000Z', distanceKm, magnitudes: [] });
  const LOOK = 'macrolith.calls.observatory.look';

  test.each<[what: string, outcome: string, subject: string, head: string, body: string | Buffer]>([
    ['of thousands of headers', 'protocol', OBSERVE, `${WELL_FORMED}${manyLines}\r\n`, BODY],
    ['of one header of 900 KB', 'protocol', OBSERVE, `${WELL_FORMED}X: ${'x'.repeat(900_000)}\r\n\r\n`, BODY],
    ['with a name of 200 KB', 'protocol', OBSERVE, `${WELL_FORMED}${'x'.repeat(200_000)}: 1\r\n\r\n`, BODY],
    ['with a header that is none', 'done', OBSERVE, `${WELL_FORMED}two words\u0007: 1\r\nno colon\r\n: \r\n\r\n`, BODY],
    ['with headers after the empty line', 'protocol', OBSERVE, `NATS/1.0\r\n\r\n${WELL_FORMED.slice(10)}\r\n`, BODY],
    ['without the version of headers', 'protocol', OBSERVE, `HTTP/1.1\r\n${WELL_FORMED.slice(10)}\r\n`, BODY],
    ['with the same header twice', 'done', OBSERVE, `${WELL_FORMED}Macrolith-Protocol: 2\r\n\r\n`, BODY],
    ['in UTF-16', 'invalid-input', OBSERVE, `${WELL_FORMED}\r\n`, Buffer.from(BODY, 'utf16le')],
    ['with a byte order mark', 'done', OBSERVE, `${WELL_FORMED}\r\n`, `\uFEFF${BODY}`],
    ['in Latin-1', 'invalid-input', OBSERVE, `${WELL_FORMED}\r\n`, Buffer.from('{"star":"\u00e9"}', 'latin1')],
    ['of a megabyte', 'invalid-input', OBSERVE, `${WELL_FORMED}\r\n`, `"${'x'.repeat(1_000_000)}"`],
    ['with a prototype beside the argument', 'done', OBSERVE, `${WELL_FORMED}\r\n`, '{"star":"x","__proto__":{"a":1}}'],
    ['with a prototype as argument', 'invalid-input', OBSERVE, `${WELL_FORMED}\r\n`, '{"__proto__":{"star":"x"}}'],
    ['of an integer of 1,000 digits', 'done', LOOK, `${WELL_FORMED}\r\n`, sighting('9'.repeat(1_000))],
    ['of an integer of 1,001 digits', 'invalid-input', LOOK, `${WELL_FORMED}\r\n`, sighting('9'.repeat(1_001))],
    ['of an integer that is a program', 'invalid-input', LOOK, `${WELL_FORMED}\r\n`, sighting('0x10')],
  ])('%s is answered: %s', async (_what, outcome, subject, head, body) => {
    expect(await answerTo(subject, head, body)).toBe(outcome);
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  test('larger than NATS takes does not come that far', async () => {
    const another = await RawNats.connect(applications.nats.port);
    another.publish(OBSERVE, '_INBOX.x', `${WELL_FORMED}\r\n`, `"${'x'.repeat(2_000_000)}"`);
    await another.taken();

    expect((await ask(OBSERVE, BODY)).headers).toBeUndefined();
  });

  test.each([
    ['another call', OBSERVE],
    ['a command to JetStream', '$JS.API.STREAM.DELETE.macrolith-events'],
    ['an event', 'macrolith.events.orders.order-placed.v1'],
    ['a question to all services', '$SRV.PING'],
  ])('that wants its answer to be %s is dropped, and counted, whatever it asks', async (_, reply) => {
    const heard: string[] = [];
    const asked = [OBSERVE, 'macrolith.contracts.observatory', '$SRV.PING', '$SRV.STATS.observatory'];
    const listening = applications.stranger.subscribe(reply, { callback: (_, { data }) => void heard.push(`${data}`) });
    await applications.stranger.flush();
    const { dropped } = provider.server.state;

    for (const subject of asked) raw.publish(subject, reply, `${WELL_FORMED}\r\n`, BODY);
    await raw.taken();
    await ask(OBSERVE, BODY);
    listening.unsubscribe();

    expect(provider.server.state.dropped).toBe(dropped + asked.length);
    // Nothing but what was asked itself.
    expect(heard.filter((data) => data !== BODY)).toEqual([]);
  });

  test('is told by the service API of NATS, as one that was dropped or refused', async () => {
    const [stats] = await askAll<{ process: object }>('$SRV.STATS.observatory');

    expect(stats?.process).toEqual(provider.server.state);
    expect(provider.server.state.refused).toMatchObject({
      protocol: expect.any(Number),
      'invalid-input': expect.any(Number),
      'unknown-operation': expect.any(Number),
    });
  });

  test('is forgotten: the memory of the provider does not grow with their number', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const bombs = async () => {
      for (let number = 0; number < 400; number += 1) {
        const head = `${WELL_FORMED.replace('stranger', `stranger-${number}-${Math.random().toString(36).slice(2)}`)}X: ${'x'.repeat(6_000)}`;
        raw.publish(OBSERVE, '_INBOX.nobody', `${head}\r\n\r\n`, `{"star":${'['.repeat(5_000)}`);
      }
      await raw.taken();
      await ask(OBSERVE, BODY);
      collect();
      return process.memoryUsage().heapUsed;
    };
    await bombs();
    const before = await bombs();
    const after = [await bombs(), await bombs()];

    // 400 of them have 4 MB.
    expect(Math.min(...after) - before).toBeLessThan(1_000_000);
  });
});
