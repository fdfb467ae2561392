import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestDatabase, EndedBeforeReady, type TestDatabase } from '@macrolith/local-services';
import { Collector } from '@macrolith/test-collector';
import { eventually } from '@macrolith/testing';
import { type RunningProcess, startShell, startWorker } from './processes.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
/** The span of whoever asks the shell. */
const CALLER = '00f067aa0ba902b7';
const WITHOUT_OPENTELEMETRY = {
  NODE_OPTIONS: `--import ${fileURLToPath(new URL('./programs/without-opentelemetry.js', import.meta.url))}`,
};

let database: TestDatabase;
let collector: Collector;
const running: RunningProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  collector = await Collector.start();
});
afterAll(async () => {
  await Promise.all(running.map((process) => process.kill()));
  collector.stop();
  await database.drop();
});

async function started(process: Promise<RunningProcess>): Promise<RunningProcess> {
  running.push(await process);
  return process;
}

const settings = () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, METRICS: 'on' });

/** An order, whose news is written by the worker. */
function place({ url }: RunningProcess, traceparent: string): Promise<Response> {
  return fetch(`${url}/api/orders/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent },
    body: JSON.stringify({
      customerId: 'ada',
      accountId: 'acct-river-studio',
      reference: 'traced',
      lines: [{ productId: 'DSK-001', quantity: 1 }],
    }),
  });
}

describe('of a shell and a worker that tell of themselves', () => {
  let shell: RunningProcess;
  let worker: RunningProcess;
  beforeAll(async () => {
    [shell, worker] = await Promise.all([
      started(startShell(database.url, settings())),
      started(startWorker(database.url, settings())),
    ]);
  });

  test('an order is one trace over both processes and all modules that it touches', async () => {
    expect((await place(shell, `00-${TRACE}-${CALLER}-01`)).status).toBe(201);
    // Each process sends its spans when it comes to it.
    const way = await eventually(
      'The way from the request to the task that the worker does',
      () => {
        const send = collector
          .trace(TRACE)
          .find(({ name, service }) => name === 'notifications.send' && service === 'macrolith-worker');
        return send === undefined ? [] : collector.wayTo(send);
      },
      ([outermost]) => outermost?.parentSpanId === CALLER,
      { withinMs: 20_000 },
    );
    expect(way.map(({ service, name }) => `${service} ${name}`)).toEqual([
      'macrolith-shell POST /api/orders/orders',
      'macrolith-shell orders.place',
      'macrolith-shell transaction',
      'macrolith-shell notifications.send',
      'macrolith-worker notifications.send',
    ]);
    const names = collector.trace(TRACE).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['catalog.quote', 'payments.authorise', 'inventory.reserve']));
  });

  test('each shows its figures to Prometheus where its health can be asked', async () => {
    const figuresOf = async ({ url }: RunningProcess) => {
      const answer = await fetch(new URL('/metrics', url));
      expect(answer.headers.get('content-type')).toContain('version=0.0.4');
      return answer.text();
    };
    expect(await figuresOf(shell)).toMatch(/macrolith_calls_total\{from="orders",to="inventory",operation="reserve"/);
    expect(await figuresOf(worker)).toMatch(/macrolith_messages_total\{message="task",consumer="notifications\.send"/);
  });
});

describe('unless it is told to', () => {
  test('neither of them shows figures, nor loads what would make them', async () => {
    const processes = await Promise.all([
      started(startShell(database.url, WITHOUT_OPENTELEMETRY)),
      started(startWorker(database.url, WITHOUT_OPENTELEMETRY)),
    ]);
    for (const { url } of processes) expect((await fetch(new URL('/metrics', url))).status).toBe(404);
  });

  test('which would be noticed: told to, it does not start without OpenTelemetry', async () => {
    const starting = startShell(database.url, { ...WITHOUT_OPENTELEMETRY, METRICS: 'on' });
    await expect(starting).rejects.toThrow(EndedBeforeReady);
    await expect(starting).rejects.toThrow(/@opentelemetry\/[a-z-]+ is not here/);
  });
});
