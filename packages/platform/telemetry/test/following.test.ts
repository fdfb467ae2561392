import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type CallEdge,
  type CallHook,
  callHook,
  currentContext,
  follow,
  ObservedFigures,
  runInContext,
  Shutdown,
  workHook,
} from '@macrolith/core';
import { attributesOf, Collector, KINDS } from '@macrolith/test-collector';
import { Logger } from '@nestjs/common';
import { context, type ProxyTracerProvider, propagation, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { TelemetryInstalledTwice, type TelemetryOptions } from '../src/index.js';
import { RunningTelemetry } from '../src/opentelemetry/running-telemetry.js';
import { readPrometheus } from './prometheus-text.js';

const LOCAL: CallEdge = { from: 'shop', to: 'stock', operation: 'level', kind: 'query', binding: 'local' };
/** As the binding over a network will have it. */
const REMOTE = { ...LOCAL, binding: 'remote' } as unknown as CallEdge;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const RECORDED = `00-${TRACE}-00f067aa0ba902b7-01`;

Logger.overrideLogger(false);

let collector: Collector;
let telemetry: RunningTelemetry | undefined;
beforeEach(async () => {
  collector = await Collector.start();
});
afterEach(async () => {
  await telemetry?.onApplicationShutdown();
  telemetry = undefined;
  collector.stop();
});

function start(options: Partial<TelemetryOptions> = {}, observed = new ObservedFigures()): RunningTelemetry {
  const complete = { service: 'shop', otlp: { endpoint: collector.url }, ...options };
  telemetry = RunningTelemetry.start(complete, { all: [] }, observed, new Shutdown());
  return telemetry;
}

const call = <T>(edge: CallEdge, work: () => Promise<T>) => callHook.current!(edge, work);
const traceparent = async () => currentContext().traceparent;

describe('a trace that begins in this process', () => {
  async function recordedOf(calls: number): Promise<number> {
    for (let i = 0; i < calls; i += 1) await call(LOCAL, traceparent);
    await telemetry!.flush();
    return collector.spans.length;
  }

  test('is recorded in the share that is asked for, and is counted in any case', async () => {
    start({ sampling: 0.5 });
    const recorded = await recordedOf(400);
    expect(recorded).toBeGreaterThan(100);
    expect(recorded).toBeLessThan(300);
    const samples = readPrometheus(await telemetry!.prometheus());
    expect(samples.find(({ name }) => name === 'macrolith_calls_total')?.value).toBe(400);
  });

  test('is recorded as a whole or not at all', async () => {
    start({ sampling: 0.5 });
    for (let i = 0; i < 50; i += 1) await call(LOCAL, () => call(LOCAL, traceparent));
    await telemetry!.flush();
    const roots = collector.spans.filter(({ parentSpanId }) => !parentSpanId);
    expect(collector.spans.length).toBe(2 * roots.length);
  });

  test('is not recorded with a share of 0, unless its beginner elsewhere says so', async () => {
    start({ sampling: 0 });
    expect(await call(LOCAL, traceparent)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    await runInContext({ traceparent: RECORDED }, () => call(LOCAL, traceparent));
    await telemetry!.flush();
    expect(collector.spans.map(({ traceId }) => traceId)).toEqual([TRACE]);
  });
});

test('a call that leaves the process and the one that serves it are one trace, and are counted apart', async () => {
  start();
  await call(REMOTE, async () => {
    // What comes out of a message of the network, in whichever process.
    const message = { traceparent: currentContext().traceparent };
    await follow(
      () => ({ kind: 'served-call', edge: REMOTE, ...message }),
      (changes) => runInContext(changes, traceparent),
    );
  });
  await telemetry!.flush();
  const [client, server] = ['CLIENT', 'SERVER'].map(
    (kind) => collector.spans.find((span) => KINDS[span.kind] === kind)!,
  );
  expect(server!.parentSpanId).toBe(client!.spanId);
  expect([client!.name, server!.name]).toEqual(['stock.level', 'stock.level']);
  expect([client!, server!].map((span) => attributesOf(span).binding)).toEqual(['remote', 'remote']);
  const counted = readPrometheus(await telemetry!.prometheus()).filter(({ name }) => name.endsWith('calls_total'));
  expect(counted.map(({ name, value }) => [name, value])).toEqual([
    ['macrolith_calls_total', 1],
    ['macrolith_served_calls_total', 1],
  ]);
});

test('a consumer that fails is a fault, and each attempt is a span of its own', async () => {
  start();
  const message = {
    kind: 'message',
    message: 'event',
    consumer: 'stock.note',
    type: 'shop.sold.v1',
    messageId: 'm1',
    writtenAt: new Date(),
    traceparent: RECORDED,
  } as const;
  const failing = () => Promise.reject(new TypeError('no'));
  await expect(follow(() => ({ ...message, attempt: 1 }), failing)).rejects.toThrow(TypeError);
  await follow(
    () => ({ ...message, attempt: 2 }),
    async () => {},
  );
  await telemetry!.flush();
  const attempts = collector.trace(TRACE).map((span) => [attributesOf(span).attempt, attributesOf(span).outcome]);
  expect(attempts.sort()).toEqual([
    [1, 'undeclared'],
    [2, 'ok'],
  ]);
});

test('a message that a broker does not take is counted by why, and is no span', async () => {
  start();
  const kept = { kind: 'kept-message', outlet: '@jetstream', type: 'shop.sold.v1', reason: 'denied' } as const;
  expect(workHook.current!(kept)).toBeUndefined();
  workHook.current!(kept);

  const sample = readPrometheus(await telemetry!.prometheus()).find(({ name }) => name.startsWith('macrolith_kept'));
  const labels = { outlet: '@jetstream', type: 'shop.sold.v1', reason: 'denied' };
  expect(sample).toMatchObject({ name: 'macrolith_kept_messages_total', labels, value: 2 });
  await telemetry!.flush();
  expect(collector.spans).toEqual([]);
});

test('what other parts of the process offer is asked for when figures are read, and told in both ways', async () => {
  const observed = new ObservedFigures();
  start({}, observed);
  let queued = 3;
  const figure = {
    help: 'Sheep in the queue.',
    unit: '{sheep}',
    observe: () => [{ labels: { to: 'fold' }, value: queued }],
  };
  observed.offer({ ...figure, name: 'farm.queue', is: 'level' }, { ...figure, name: 'farm.sheep', is: 'sum' });
  queued = 2;

  const samples = readPrometheus(await telemetry!.prometheus()).filter(({ name }) => name.startsWith('farm'));
  await telemetry!.flush();

  const labels = { to: 'fold' };
  expect(samples).toEqual([
    { name: 'farm_queue', labels, value: 2 },
    { name: 'farm_sheep_total', labels, value: 2 },
  ]);
  expect([...collector.metrics]).toEqual(expect.arrayContaining(['farm.queue', 'farm.sheep']));
});

test('a transaction that no recorded call is inside of begins no trace', () => {
  start();
  expect(workHook.current!({ kind: 'transaction', traceparent: undefined })).toBeUndefined();
  expect(workHook.current!({ kind: 'transaction', traceparent: RECORDED.replace(/01$/, '00') })).toBeUndefined();
});

describe('what uses OpenTelemetry by itself', () => {
  test('finds the span of the call that it is in, and continues in the context that it sets', async () => {
    start();
    const tracer = trace.getTracer('a library');
    await call(LOCAL, async () => {
      expect(trace.getActiveSpan()?.isRecording()).toBe(true);
      await tracer.startActiveSpan('outer', async (span) => {
        expect(currentContext().traceparent).toContain(span.spanContext().spanId);
        await call(LOCAL, traceparent);
        span.end();
      });
    });
    await telemetry!.flush();
    const [outer] = collector.spans.filter(({ name }) => name === 'outer');
    const [inner] = collector.spans.filter(({ parentSpanId }) => parentSpanId === outer!.spanId);
    expect(inner!.name).toBe('stock.level');
  });

  test('is heard when it asks not to be traced', async () => {
    start();
    await call(LOCAL, () =>
      context.with(suppressTracing(context.active()), async () => {
        trace.getTracer('a library').startSpan('unheard').end();
      }),
    );
    await telemetry!.flush();
    expect(collector.spans.map(({ name }) => name)).toEqual(['stock.level']);
  });

  test('hands the trace on in headers, and finds its context again in a callback', async () => {
    start();
    const headers: Record<string, string> = {};
    const later = await runInContext({ traceparent: RECORDED }, async () => {
      propagation.inject(context.active(), headers);
      return context.bind(context.active(), traceparent);
    });
    expect(headers.traceparent).toBe(RECORDED);
    expect(await later()).toBe(RECORDED);
  });

  test('does not get in the way of a trace that the platform continues inside of it', async () => {
    start();
    const other = `00-${'c'.repeat(32)}-00f067aa0ba902b7-01`;
    await call(LOCAL, () => runInContext({ traceparent: other }, () => call(LOCAL, traceparent)));
    await telemetry!.flush();
    expect(collector.trace('c'.repeat(32)).map(({ parentSpanId }) => parentSpanId)).toEqual(['00f067aa0ba902b7']);
  });
});

test('a place in a trace that is none begins a new one', async () => {
  start();
  for (const nonsense of ['', 'nonsense', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `${RECORDED}-more`]) {
    await runInContext({ traceparent: nonsense }, () => call(LOCAL, traceparent));
  }
  await follow(
    () => ({ kind: 'request', method: 'GET', route: '/', traceparent: 'nonsense' }),
    async () => {},
  );
  await telemetry!.flush();
  expect(collector.spans.every(({ parentSpanId }) => !parentSpanId)).toBe(true);
});

test('figures reach the collector, too', async () => {
  start();
  await call(LOCAL, traceparent);
  await telemetry!.flush();
  expect([...collector.metrics].sort()).toEqual(['macrolith.call.duration', 'macrolith.calls']);
});

test('there is one telemetry in a process, and none after it has ended', async () => {
  const running = start();
  expect(() =>
    RunningTelemetry.start({ service: 'other', prometheus: true }, { all: [] }, { all: [] }, new Shutdown()),
  ).toThrow(TelemetryInstalledTwice);
  await running.onApplicationShutdown();
  expect([callHook.current, workHook.current]).toEqual([undefined, undefined]);
  start();
});

test('callers from elsewhere that make up names are counted together, once there are many', async () => {
  start({ sampling: 0 });
  for (let nth = 0; nth < 3_000; nth += 1) {
    const edge = { ...REMOTE, from: `stranger-${nth}` };
    await follow(
      () => ({ kind: 'served-call', edge, traceparent: undefined }),
      async () => {},
    );
  }
  const counted = readPrometheus(await telemetry!.prometheus()).filter(
    ({ name }) => name === 'macrolith_served_calls_total',
  );
  expect(counted.length).toBe(2_001);
  expect(counted.at(-1)).toMatchObject({ labels: { otel_metric_overflow: 'true' }, value: 1_000 });
});

test("another set-up of OpenTelemetry is left alone, and the platform's own spans are made all the same", async () => {
  const other = new TracerProvider({});
  trace.setGlobalTracerProvider(other);
  const running = start();
  await call(LOCAL, traceparent);
  await running.flush();
  expect(collector.spans.map(({ name }) => name)).toEqual(['stock.level']);
  await running.onApplicationShutdown();
  telemetry = undefined;
  expect((trace.getTracerProvider() as ProxyTracerProvider).getDelegate()).toBe(other);
  trace.disable();
});

test('whoever listens to calls beside it stays when it ends', async () => {
  const running = start();
  const before = callHook.current!;
  const beside: CallHook = (edge, next) => before(edge, next);
  callHook.current = beside;
  await running.onApplicationShutdown();
  expect(callHook.current).toBe(beside);
  callHook.current = undefined;
});
