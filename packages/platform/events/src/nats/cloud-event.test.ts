import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { NatsNames } from '@macrolith/nats-connection/names';
import { type CloudEvent, fromNats, toNats } from './cloud-event.js';
import { UnreadableMessage } from './unreadable-message.js';

const EVENT: CloudEvent = {
  id: '5b6c0c1e-4f6a-4d1e-9a57-0c1d2e3f4a5b',
  source: '/orders',
  type: 'orders.order-placed.v1',
  time: new Date('2026-03-01T12:00:00.000Z'),
  key: 'order 7 · €',
  data: { orderId: 'order 7', total: 12.5, note: 'grüße' },
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  tracestate: 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE',
  correlationId: 'story-1',
  causationId: '6b6c0c1e-4f6a-4d1e-9a57-0c1d2e3f4a5b',
};

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const headersOf = (event: CloudEvent) => new Map([...toNats({ ...event, position: '42' }).headers]);

/** The event with some headers otherwise, or without them. */
function altered(changes: Record<string, string | undefined>, payload = '{}') {
  const headers = headersOf(EVENT);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) headers.delete(name);
    else headers.set(name, [value]);
  }
  return { headers, payload: bytes(payload) };
}

describe('An event in binary mode', () => {
  test('has one header for each attribute, and its data as the message', () => {
    const { headers, payload } = toNats({ ...EVENT, position: '42' });

    expect([...headers].map(([name, values]) => `${name}: ${values}`)).toEqual([
      'ce-specversion: 1.0',
      'ce-id: 5b6c0c1e-4f6a-4d1e-9a57-0c1d2e3f4a5b',
      'ce-source: /orders',
      'ce-type: orders.order-placed.v1',
      'ce-time: 2026-03-01T12:00:00.000Z',
      'ce-datacontenttype: application/json',
      'ce-partitionkey: order%207%20%C2%B7%20%E2%82%AC',
      'ce-traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      'ce-tracestate: rojo=00f067aa0ba902b7,congo=t61rcWkgMzE',
      'ce-correlationid: story-1',
      'ce-causationid: 6b6c0c1e-4f6a-4d1e-9a57-0c1d2e3f4a5b',
      'ce-sequence: 0000000000000000042',
    ]);
    expect(new TextDecoder().decode(payload)).toBe('{"orderId":"order 7","total":12.5,"note":"grüße"}');
  });

  test('comes back as it was', () => {
    expect(fromNats(toNats({ ...EVENT, position: '42' }), EVENT.type)).toEqual(EVENT);
  });

  test('has no header for an attribute that it lacks', () => {
    const headers = headersOf({ ...EVENT, traceparent: undefined, causationId: undefined });

    expect(headers.has('ce-traceparent')).toBe(false);
    expect(headers.has('ce-causationid')).toBe(false);
  });

  test('of another publisher needs the required attributes only, in whatever case', () => {
    const headers = new Map([
      ['CE-SpecVersion', ['1.0']],
      ['Ce-Id', [EVENT.id.toUpperCase()]],
      ['ce-source', ['https://elsewhere.example/']],
      ['ce-type', ['orders.order-placed.v2']],
    ]);

    expect(fromNats({ headers, payload: bytes('[1]') }, 'orders.order-placed.v2')).toEqual({
      id: EVENT.id,
      source: 'https://elsewhere.example/',
      type: 'orders.order-placed.v2',
      time: undefined,
      key: EVENT.id,
      data: [1],
      traceparent: undefined,
      correlationId: EVENT.id,
      causationId: undefined,
    });
  });
});

test('An event in structured mode is read as well', () => {
  const payload = JSON.stringify({
    specversion: '1.0',
    id: EVENT.id,
    source: '/orders',
    type: EVENT.type,
    partitionkey: 'order 7',
    data: { total: 1 },
  });
  const headers = new Map([['Content-Type', ['application/cloudevents+json; charset=utf-8']]]);

  expect(fromNats({ headers, payload: bytes(payload) }, EVENT.type)).toMatchObject({
    key: 'order 7',
    data: { total: 1 },
  });
});

describe('A message is no event', () => {
  test.each<readonly [problem: string, changes: Record<string, string | undefined>, payload: string]>([
    ["it has no 'id'", { 'ce-id': undefined }, '{}'],
    ["its 'id' is 7, which is no UUID", { 'ce-id': '7' }, '{}'],
    ["its 'causationid' is 7, which is no UUID", { 'ce-causationid': '7' }, '{}'],
    ["it has no 'specversion'", { 'ce-specversion': undefined }, '{}'],
    ['its specversion is 0.3', { 'ce-specversion': '0.3' }, '{}'],
    ["it has no 'source'", { 'ce-source': undefined }, '{}'],
    ["'order-placed' is no type of an event", { 'ce-type': 'order-placed' }, '{}'],
    [
      "its 'type' is payments.payment-captured.v1, and it is on the subject of orders.order-placed.v1",
      { 'ce-type': 'payments.payment-captured.v1' },
      '{}',
    ],
    ["its 'time' is yesterday", { 'ce-time': 'yesterday' }, '{}'],
    ['its data is application/xml, not JSON', { 'ce-datacontenttype': 'application/xml' }, '{}'],
    ['the header ce-partitionkey is not percent-encoded UTF-8', { 'ce-partitionkey': '%C0%A0' }, '{}'],
    ['its JSON cannot be read', {}, '{"half":'],
  ])('when %s', (problem, changes, payload) => {
    const reading = () => fromNats(altered(changes, payload), EVENT.type);

    expect(reading).toThrow(UnreadableMessage);
    expect(reading).toThrow(problem);
  });
});

interface Vector {
  readonly name: string;
  readonly message: { readonly subject: string; readonly headers: Record<string, string>; readonly body: string };
  readonly event: object | null;
}

const NAMES = new NatsNames('macrolith').events;
const file = new URL('../../../../../docs/wire-vectors.json', import.meta.url);
const { events } = JSON.parse(await readFile(file, 'utf8')) as { events: { messages: Vector[] } };

describe('The vectors of docs/wire-vectors.json', () => {
  test.each(events.messages)('$name', ({ message, event }) => {
    const headers = Object.entries(message.headers).map(([name, value]) => [name, [value]] as const);
    const read = () => fromNats({ headers, payload: bytes(message.body) }, NAMES.typeOf(message.subject));

    if (event === null) expect(read).toThrow(UnreadableMessage);
    else expect(read()).toMatchObject(event);
  });
});
