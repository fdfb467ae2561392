import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { headers, type Msg } from '@nats-io/transport-node';
import { Applications, type Provider } from './applications.js';

const OBSERVE = 'macrolith.calls.observatory.observe';

let applications: Applications;
let provider: Provider;
beforeAll(async () => {
  applications = await Applications.start();
  provider = await applications.provider();
});
afterAll(() => applications.end());

const HEADERS = { 'Macrolith-Protocol': '1', 'Macrolith-Caller': 'stranger' };

/** What a program of any language does with its own client of NATS. */
async function ask(subject: string, body: string | Uint8Array, given: Record<string, string> = {}): Promise<Msg> {
  const all = headers();
  for (const [name, value] of Object.entries({ ...HEADERS, ...given })) all.append(name, value);
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

    expect(answer.headers?.get('Macrolith-Status')).toBe('ok');
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
  ])('%s', async (_, given) => {
    const all = headers();
    for (const [name, value] of Object.entries({ ...HEADERS, ...given })) all.set(name, value);
    const answer = await applications.stranger.request(OBSERVE, '{"star":"x"}', { headers: all, timeout: 5_000 });
    expect(answer.json()).toMatchObject({ code: 'protocol' });
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

  expect(answer.headers?.get('Macrolith-Status')).toBe('ok');
});

test('a message that asks for no answer is dropped, and counted', async () => {
  const { dropped } = provider.server.state;

  applications.stranger.publish(OBSERVE, '{"star":"nobody hears"}');
  await ask(OBSERVE, '{"star":"somebody hears"}');

  expect(provider.server.state.dropped).toBe(dropped + 1);
  expect(provider.service.observed).not.toContain('nobody hears');
});
