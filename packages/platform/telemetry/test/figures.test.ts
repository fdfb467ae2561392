import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Figures } from '../src/figures/figures.js';
import { readPrometheus, type Sample } from './prometheus-text.js';
import { type RunningKiosk, startKiosk, until } from './running-kiosk.js';

let kiosk: RunningKiosk;
let samples: readonly Sample[];

beforeAll(async () => {
  kiosk = await startKiosk({ prometheus: true });
  await kiosk.request('/nowhere');
  await kiosk.request('/nowhere-else');
  await kiosk.sell('lamp');
  await kiosk.sell('lamp');
  await kiosk.sell('nothing');
  await kiosk.request('/api/kiosk/stumbles', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sku: 'pebble' }),
  });
  await kiosk.request('/api/kiosk/articles/lamp');
  await kiosk.request('/api/kiosk/articles/shade');
  await until(() => kiosk.diary.restocked.length === 2);
  samples = await figures();
});
afterAll(() => kiosk.close());

async function figures(): Promise<readonly Sample[]> {
  return readPrometheus(await (await kiosk.request('/metrics')).text());
}

/** The values of a figure's series with these labels. */
function valuesOf(name: string, labels: Record<string, string>): number[] {
  const fits = (sample: Sample) => Object.entries(labels).every(([label, value]) => sample.labels[label] === value);
  return samples.filter((sample) => sample.name === name && fits(sample)).map(({ value }) => value);
}

test('figures are text that Prometheus reads, for nobody to keep', async () => {
  const answer = await kiosk.request('/metrics');
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

describe('calls are counted', () => {
  test('by who calls whom, over which binding', () => {
    const edge = { from: 'kiosk', to: 'depot', operation: 'take', kind: 'command', binding: 'local' };
    expect(valuesOf('macrolith_calls_total', { ...edge, outcome: 'ok' })).toEqual([2]);
    const { labels } = samples.find(
      ({ name, labels: { operation } }) => name === 'macrolith_calls_total' && operation === 'look',
    )!;
    expect(labels).toEqual({
      from: 'kiosk',
      to: 'kiosk',
      operation: 'look',
      kind: 'query',
      binding: 'local',
      outcome: 'ok',
    });
  });

  test('by how they end: with a declared error by its code, with any other by that alone', () => {
    const failed = (operation: string, outcome: string) =>
      samples.filter(
        ({ name, labels }) =>
          name === 'macrolith_calls_total' && labels.operation === operation && labels.outcome === outcome,
      );
    expect(failed('take', 'declared')).toEqual([
      expect.objectContaining({ value: 1, labels: expect.objectContaining({ error_type: 'depot.sold-out' }) }),
    ]);
    expect(failed('stumble', 'undeclared')).toEqual([
      expect.objectContaining({ value: 1, labels: expect.objectContaining({ error_type: 'undeclared' }) }),
    ]);
  });

  test('by how long they take, in buckets that add up', () => {
    const edge = { from: 'kiosk', to: 'depot', operation: 'take' };
    expect(valuesOf('macrolith_call_duration_seconds_count', edge)).toEqual([3]);
    const buckets = valuesOf('macrolith_call_duration_seconds_bucket', edge);
    expect(buckets).toEqual([...buckets].sort((a, b) => a - b));
    expect(buckets.at(-1)).toBe(3);
    expect(valuesOf('macrolith_call_duration_seconds_sum', edge)[0]).toBeGreaterThan(0);
  });
});

test('messages are counted by their consumer, with how old an event was and how long it took', () => {
  const handler = { message: 'event', consumer: 'depot.note', type: 'kiosk.sold.v1' };
  expect(valuesOf('macrolith_messages_total', { ...handler, outcome: 'ok' })).toEqual([2]);
  expect(valuesOf('macrolith_messages_total', { message: 'task', consumer: 'depot.restock' })).toEqual([2]);
  expect(valuesOf('macrolith_message_duration_seconds_count', handler)).toEqual([2]);
  expect(valuesOf('macrolith_message_wait_seconds_count', { consumer: 'depot.note' })).toEqual([2]);
  expect(valuesOf('macrolith_message_wait_seconds_count', { consumer: 'depot.restock' })).toEqual([]);
});

describe('requests are counted', () => {
  test('by route and status', () => {
    const requests = (route: string, status: string) =>
      valuesOf('http_server_request_duration_seconds_count', { http_route: route, http_response_status_code: status });
    expect(requests('/api/kiosk/sales', '201')).toEqual([2]);
    expect(requests('/api/kiosk/sales', '409')).toEqual([1]);
    expect(requests('/api/kiosk/stumbles', '500')).toEqual([1]);
  });

  test('together, whatever the path is made of', () => {
    const counts = samples.filter(({ name }) => name === 'http_server_request_duration_seconds_count');
    expect(counts.filter(({ labels }) => labels.http_response_status_code === '404')).toEqual([
      expect.objectContaining({ value: 2 }),
    ]);
    const articles = counts.filter(({ labels }) => labels.http_route?.startsWith('/api/kiosk/articles'));
    expect(articles).toEqual([
      expect.objectContaining({
        value: 2,
        labels: expect.objectContaining({ http_route: '/api/kiosk/articles/:sku' }),
      }),
    ]);
  });

  test('but for probes', () => {
    expect(samples.filter(({ labels }) => labels.http_route === '/metrics')).toEqual([]);
  });
});

test('the README tells of every figure, and of no other but those that `@macrolith/nats` offers', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const told = readme.matchAll(/`((?:macrolith_(?!remote_)|http_server_)[a-z_]+)`/g);
  const { counters, histograms } = new Figures({ all: [] });
  const shown = [
    ...counters.map(({ description }) => `${description.name}_total`),
    ...histograms.map(({ description }) => `${description.name}_seconds`),
  ];
  expect([...told].map(([, name]) => name).sort()).toEqual(shown.map((name) => name.replaceAll('.', '_')).sort());
});

test('nothing of what was said is a label', async () => {
  const text = await kiosk.telemetry.prometheus();
  for (const value of ['lamp', 'shade', 'pebble', 'nowhere']) expect(text).not.toContain(value);
});

test('with figures alone nothing is traced: the trace of a caller is handed on as it came', async () => {
  const trace = 'b'.repeat(32);
  const answer = await kiosk.sell('lamp', { traceparent: `00-${trace}-00f067aa0ba902b7-01` });
  expect(answer.headers.get('traceparent')).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
});
