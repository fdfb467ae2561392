import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { type CallEdge, callHook, follow, Shutdown, workHook } from '@macrolith/core';
import { Logger } from '@nestjs/common';
import type { Tracer } from '@opentelemetry/api';
import { Figures } from '../src/figures/figures.js';
import { FollowedCalls } from '../src/opentelemetry/followed-calls.js';
import { FollowedWorks } from '../src/opentelemetry/followed-work.js';
import { Mishaps } from '../src/opentelemetry/mishaps.js';
import { RunningTelemetry } from '../src/opentelemetry/running-telemetry.js';
import { Traces } from '../src/opentelemetry/traces.js';
import { Outcomes } from '../src/outcome/outcomes.js';

const EDGE: CallEdge = { from: 'shop', to: 'stock', operation: 'level', kind: 'query', binding: 'local' };

Logger.overrideLogger(false);

let server: Server | undefined;
let telemetry: RunningTelemetry | undefined;
afterEach(async () => {
  await telemetry?.onApplicationShutdown();
  telemetry = undefined;
  server?.close();
  server?.closeAllConnections();
  server = undefined;
  callHook.current = undefined;
  workHook.current = undefined;
});

async function serving(answer: Parameters<typeof createServer>[1]): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const send = (endpoint: string) => {
  telemetry = RunningTelemetry.start(
    { service: 'shop', otlp: { endpoint } },
    { all: [] },
    { all: [] },
    new Shutdown(),
    { deliveryMs: 300, lastWordsMs: 200 },
  );
  return telemetry;
};

describe('a collector', () => {
  test('that is not there takes nothing from the work', async () => {
    const { port } = new URL(await serving(() => {}));
    server!.close();
    send(`http://127.0.0.1:${port}`);
    expect(await callHook.current!(EDGE, async () => 3)).toBe(3);
    expect(
      await follow(
        () => ({ kind: 'request', method: 'GET', route: '/', traceparent: undefined }),
        async () => 4,
      ),
    ).toBe(4);
  });

  test('that refuses what it gets does neither', async () => {
    const running = send(await serving((_request, response) => void response.writeHead(400).end('no')));
    expect(await callHook.current!(EDGE, async () => 3)).toBe(3);
    await running.flush();
    expect(await callHook.current!(EDGE, async () => 3)).toBe(3);
  });

  test('that never answers does not hold up the end of the process', async () => {
    const running = send(await serving(() => {}));
    await callHook.current!(EDGE, async () => 3);
    await running.onApplicationShutdown();
    telemetry = undefined;
  });
});

describe('a fault of telemetry itself', () => {
  const broken = { startSpan: () => fail() } as unknown as Tracer;
  const fail = (): never => {
    throw new RangeError('telemetry is broken');
  };

  function following(traces: Traces | undefined) {
    const warn = jest.fn();
    const mishaps = new Mishaps({ warn });
    const figures = new Figures({ all: [] });
    const outcomes = new Outcomes({ all: [] });
    callHook.current = new FollowedCalls(figures.calls, outcomes, traces, mishaps).hook;
    workHook.current = new FollowedWorks(figures, outcomes, traces, mishaps).hook;
    return { warn, figures };
  }

  test('does not reach a call, nor the work around it, and is logged once', async () => {
    const { warn } = following(new Traces(broken));
    for (let i = 0; i < 10; i += 1) {
      expect(await callHook.current!(EDGE, async () => i)).toBe(i);
      expect(
        await follow(
          () => ({ kind: 'request', method: 'GET', route: '/', traceparent: undefined }),
          async () => i,
        ),
      ).toBe(i);
    }
    await expect(callHook.current!(EDGE, () => Promise.reject(new TypeError('mine')))).rejects.toThrow('mine');
    expect(warn).toHaveBeenCalledTimes(1);
  });

  test('when work ends leaves the answer and the error as they are', async () => {
    const { figures } = following(undefined);
    figures.calls.of = fail;
    figures.requests.record = fail;
    expect(await callHook.current!(EDGE, async () => 3)).toBe(3);
    await expect(callHook.current!(EDGE, () => Promise.reject(new TypeError('mine')))).rejects.toThrow('mine');
    expect(
      await follow(
        () => ({ kind: 'request', method: 'GET', route: '/', traceparent: undefined }),
        async () => 4,
      ),
    ).toBe(4);
  });
});
