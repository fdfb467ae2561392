import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { UnexpectedError } from '@macrolith/contract';
import { runInContext } from '@macrolith/core';
import { HEADER } from '@macrolith/nats';
import { headers, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import { REFUSALS } from '../src/wire/refusal.js';
import { Applications } from './applications.js';
import { Overcast } from './observatory.js';

interface Vector {
  readonly name: string;
  readonly request: { readonly subject: string; readonly headers: Record<string, string>; readonly body: string };
  readonly answer: { readonly headers: Record<string, string>; readonly body: unknown };
}

const docs = new URL('../../../../docs/', import.meta.url);
const page = await readFile(new URL('wire.md', docs), 'utf8');
const { calls } = JSON.parse(await readFile(new URL('wire-vectors.json', docs), 'utf8')) as { calls: Vector[] };

let applications: Applications;
beforeAll(async () => {
  applications = await Applications.start();
});
afterEach(() => applications.closeAll());
afterAll(() => applications.end());

function headersOf(record: Record<string, string>): MsgHdrs {
  const all = headers();
  for (const [name, value] of Object.entries(record)) all.append(name, value);
  return all;
}

function vector(name: string): Vector {
  return calls.find((candidate) => candidate.name === name)!;
}

test('a provider answers every vector as the page says', async () => {
  await applications.provider();

  for (const { name, request, answer } of calls) {
    const options = { headers: headersOf(request.headers), timeout: 5_000 };
    const got = await applications.stranger.request(request.subject, request.body, options);
    const told = Object.fromEntries([...(got.headers ?? [])].map(([header, [value]]) => [header, value]));
    const actual = { name, status: told['Macrolith-Status'], headers: told, body: got.json() };
    expect(actual).toMatchObject({ name, status: answer.headers['Macrolith-Status'], ...answer });
  }
});

describe('a caller', () => {
  /** Answers one call as a vector says, and tells what was asked. */
  function answering({ request, answer }: Vector): Promise<Msg> {
    const { promise, resolve } = Promise.withResolvers<Msg>();
    applications.stranger.subscribe(request.subject, {
      max: 1,
      callback: (_, message) => {
        message.respond(JSON.stringify(answer.body), { headers: headersOf(answer.headers) });
        resolve(message);
      },
    });
    return promise;
  }

  test('asks as the page says, and understands the answer', async () => {
    const { port } = await applications.caller();
    const expected = vector('values of every kind');
    const asked = answering(expected);
    await applications.stranger.flush();
    const sighting = {
      star: 'Sirius',
      at: new Date('2026-01-01T22:00:00.000Z'),
      distanceKm: 81_360_000_000_000_001n,
      magnitudes: new Map([
        ['V', -1.46],
        ['B', -1.46],
      ]),
    };

    expect(await port.look(sighting)).toEqual(sighting);

    const message = await asked;
    expect(message.string()).toBe(expected.request.body);
    const sent = Object.fromEntries([...message.headers!].map(([header, [value]]) => [header, value]));
    expect(sent).toEqual({ ...expected.request.headers, 'Macrolith-Timeout-Ms': expect.stringMatching(/^\d+$/) });
  });

  test('encodes the key of a command', async () => {
    const { port } = await applications.caller();
    const expected = vector('a key that is no printable ASCII');
    const asked = answering(expected);
    await applications.stranger.flush();

    await runInContext({ idempotencyKey: 'Wunsch № 2' }, () => port.observe({ star: 'Deneb' }));

    expect((await asked).headers!.get('Idempotency-Key')).toBe(expected.request.headers['Idempotency-Key']);
  });

  test.each([
    ['a declared error', Overcast],
    ['an error that is not declared', UnexpectedError],
  ])('throws %s', async (name, error) => {
    const { port } = await applications.caller();
    void answering(vector(name));
    await applications.stranger.flush();

    await expect(port.observe({ star: 'clouds' })).rejects.toThrow(error);
  });
});

test('the page names every header and every refusal with its number', () => {
  for (const header of Object.values(HEADER)) expect(page).toContain(`\`${header}\``);
  for (const code of Object.keys(REFUSALS)) expect(page).toContain(`\`${code}\``);
  for (const [, codes, numbers] of page.matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) \| (\d+(?:, \d+)*) \|/gm)) {
    const named = codes!.split(', ').map((code) => REFUSALS[code.slice(1, -1) as keyof typeof REFUSALS]);
    expect(named.join(', ')).toBe(numbers);
  }
});
