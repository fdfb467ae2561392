import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { attributesOf, Collector, KINDS, type ReceivedSpan } from '@macrolith/test-collector';
import { type RunningKiosk, startKiosk, until } from './running-kiosk.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const BROWSER = '00f067aa0ba902b7';

let collector: Collector;
let kiosk: RunningKiosk;

beforeAll(async () => {
  collector = await Collector.start();
  kiosk = await startKiosk({ otlp: { endpoint: `${collector.url}/`, headers: 'api-key=secret%20word' } });
});
afterAll(async () => {
  await kiosk.close();
  collector.stop();
});

/** The trace as a tree of `KIND name`, children in the order in which they began. */
function treeOf(spans: readonly ReceivedSpan[], parent: string): object[] {
  return spans
    .filter(({ parentSpanId }) => parentSpanId === parent)
    .map(({ kind, name, spanId }) => {
      const children = treeOf(spans, spanId);
      const label = `${KINDS[kind]} ${name}`;
      return children.length === 0 ? label : { [label]: children };
    }) as object[];
}

describe('a request whose caller records its trace', () => {
  let answer: Response;
  let spans: ReceivedSpan[];
  beforeAll(async () => {
    answer = await kiosk.sell('lamp', { traceparent: `00-${TRACE}-${BROWSER}-01` });
    await until(() => kiosk.diary.restocked.length === 1);
    await kiosk.telemetry.flush();
    spans = collector.trace(TRACE);
  });

  test('is one trace from the browser over ports, transactions and the outbox to the last handler', () => {
    expect(answer.status).toBe(201);
    expect(treeOf(spans, BROWSER)).toEqual([
      {
        'SERVER POST /api/kiosk/sales': [
          {
            'INTERNAL kiosk.sell': [
              {
                'INTERNAL transaction': [
                  'INTERNAL depot.take',
                  {
                    'CONSUMER depot.note': [
                      {
                        'INTERNAL transaction': [
                          'INTERNAL depot.level',
                          { 'PRODUCER depot.restock': [{ 'CONSUMER depot.restock': ['INTERNAL telephone'] }] },
                        ],
                      },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  test('is answered with the place of its own span, and so is its log', () => {
    const server = spans.find(({ kind }) => KINDS[kind] === 'SERVER')!;
    expect(answer.headers.get('traceparent')).toBe(`00-${TRACE}-${server.spanId}-01`);
    expect(kiosk.lines).toContainEqual(expect.objectContaining({ context: 'Depot', msg: 'taken', traceId: TRACE }));
    expect(kiosk.lines).toContainEqual(expect.objectContaining({ msg: 'request', traceId: TRACE }));
  });

  test('tells of each call who calls whom and over which binding, and nothing of what is said', () => {
    expect(attributesOf(spans.find(({ name }) => name === 'depot.take')!)).toEqual({
      from: 'kiosk',
      to: 'depot',
      operation: 'take',
      kind: 'command',
      binding: 'local',
      outcome: 'ok',
    });
    expect(JSON.stringify(spans)).not.toContain('lamp');
  });

  test('runs its work in the context of the span that the work belongs to', () => {
    const handler = spans.find(({ name, kind }) => name === 'depot.restock' && KINDS[kind] === 'CONSUMER')!;
    expect(kiosk.diary.restocked).toEqual([`00-${TRACE}-${handler.spanId}-01`]);
  });

  test('reaches the collector as JSON with its headers, under the name of the process', () => {
    expect(collector.headers[0]).toMatchObject({ 'content-type': 'application/json', 'api-key': 'secret word' });
    expect([...collector.services]).toEqual(['kiosk']);
  });
});

/** The spans of the trace that an answer names, by name. */
async function spansOf(answer: Response): Promise<ReadonlyMap<string, ReceivedSpan>> {
  const traceId = answer.headers.get('traceparent')!.split('-')[1]!;
  // The request's own span ends when its connection is done with the answer, right after the client has it.
  const isComplete = () => collector.trace(traceId).some(({ kind }) => KINDS[kind] === 'SERVER');
  while (!isComplete()) await kiosk.telemetry.flush();
  return new Map(collector.trace(traceId).map((span) => [span.name, span]));
}

const endOf = ({ outcome, 'error.type': type }: Record<string, unknown>) => [outcome, type];
const FAULT = 2;

describe('how a call ended', () => {
  test('is no fault where the contract declares the error', async () => {
    const spans = await spansOf(await kiosk.sell('nothing'));
    const ends = Object.fromEntries([...spans].map(([name, span]) => [name, endOf(attributesOf(span))]));
    expect(ends).toEqual({
      'POST /api/kiosk/sales': ['ok', undefined],
      'kiosk.sell': ['declared', 'depot.sold-out'],
      transaction: ['rolled-back', undefined],
      'depot.take': ['declared', 'depot.sold-out'],
    });
    expect([...spans.values()].filter(({ status }) => status.code === FAULT)).toEqual([]);
  });

  test('is a fault where it does not, told by its class and not by its message', async () => {
    const answer = await kiosk.request('/api/kiosk/stumbles', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sku: 'pebble' }),
    });
    const spans = await spansOf(answer);
    const [request, call] = [spans.get('POST /api/kiosk/stumbles')!, spans.get('kiosk.stumble')!];
    expect([request.status.code, call.status.code]).toEqual([FAULT, FAULT]);
    expect(attributesOf(request)).toMatchObject({ 'http.response.status_code': 500, 'error.type': '500' });
    expect(attributesOf(call)).toMatchObject({ outcome: 'undeclared', 'error.type': 'TypeError' });
    expect(JSON.stringify([...spans])).not.toContain('pebble');
  });
});

test('a request whose caller does not record its trace is not recorded, and keeps its trace id', async () => {
  const trace = 'a'.repeat(32);
  const answer = await kiosk.sell('lamp', { traceparent: `00-${trace}-${BROWSER}-00` });
  await until(() => kiosk.diary.restocked.length === 2);
  await kiosk.telemetry.flush();
  expect(answer.headers.get('traceparent')).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-00$`));
  expect(kiosk.diary.restocked[1]).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-00$`));
  expect(collector.trace(trace)).toEqual([]);
});

test('probes begin no trace', async () => {
  const before = collector.spans.length;
  await kiosk.request('/health/live');
  await kiosk.telemetry.flush();
  expect(collector.spans.length).toBe(before);
});
