import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type NatsServer, startNats, type TestDatabase } from '@macrolith/local-services';
import { Collector, KINDS } from '@macrolith/test-collector';
import { eventually } from '@macrolith/testing';
import pg from 'pg';
import { type RunningProcess, type Surroundings, startMacroservice, startMonolith, startShell } from './processes.js';

const ELSEWHERE = ['analytics', 'inventory', 'notifications', 'payments', 'shipping'];
const PATIENCE = { withinMs: 60_000 };
const BROWSER = '00f067aa0ba902b7';
/** Two vendors' notes about the trace (W3C Trace Context, section 3.3). */
const STATE = 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE';
const [PLACED, RESUMED] = ['4bf92f3577b34da6a3ce929d0e0e4736', '0af7651916cd43dd8448eb211c80319c'] as const;

interface Story {
  readonly entries: readonly {
    readonly messageId: string;
    readonly type: string;
    readonly saidBy: string;
    readonly because?: string;
    readonly handled: readonly { readonly by: string; readonly state: string; readonly attempts: number }[];
  }[];
  readonly isCut: boolean;
}

let databases: TestDatabase[];
let surroundings: Surroundings;
let nats: NatsServer;
let monolith: RunningProcess;
let shell: RunningProcess;
let others: RunningProcess;
let collector: Collector;
let administrator: pg.Client;

beforeAll(async () => {
  collector = await Collector.start();
  // Every process of the test sends its spans there.
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  [nats, ...databases] = await Promise.all([startNats(), createTestDatabase(), createTestDatabase()]);
  const [here, apart] = databases as [TestDatabase, TestDatabase];
  administrator = new pg.Client(apart.url);
  await administrator.connect();
  surroundings = { databaseUrl: apart.url, natsUrl: nats.url };
  [monolith, others] = await Promise.all([startMonolith(here.url), startMacroservice(surroundings, ELSEWHERE)]);
  shell = await startShell(surroundings, ELSEWHERE);
});
afterAll(async () => {
  await Promise.all([monolith, shell, others].map((process) => process?.kill()));
  await administrator.end();
  delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  collector.stop();
  await Promise.all([nats.stop(), ...databases.map((database) => database.drop())]);
});

function order({ url }: RunningProcess, trace: string): Promise<Response> {
  return fetch(`${url}/api/orders/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${trace}-${BROWSER}-01`, tracestate: STATE },
    body: JSON.stringify({
      customerId: 'ada',
      accountId: 'acct-river-studio',
      fulfilment: 'automatic',
      lines: [{ productId: 'DSK-001', quantity: 1 }],
    }),
  });
}

async function place(at: RunningProcess, trace: string): Promise<string> {
  return ((await (await order(at, trace)).json()) as { orderId: string }).orderId;
}

async function storyOf({ url }: RunningProcess, orderId: string): Promise<Story> {
  return (await (await fetch(`${url}/api/orders/orders/${orderId}/story`)).json()) as Story;
}

const isOver = ({ entries }: Story) =>
  entries.some(({ type }) => type === 'orders.order-fulfilled.v1') &&
  entries.every(({ handled }) => handled.length > 0 && handled.every(({ state }) => state !== 'open'));

/** Who said what, why, and how everybody took it. */
function told({ entries }: Story): string[] {
  const types = new Map(entries.map(({ messageId, type }) => [messageId, type]));
  const lines = entries.map(({ type, saidBy, because, handled }) => {
    const by = handled.map((handling) => `${handling.by} ${handling.state}`).sort();
    return `${saidBy}: ${type}, because ${types.get(because ?? '') ?? 'somebody wished it'}; ${by.join(', ')}`;
  });
  return lines.sort();
}

test('the story of an order is the same, wherever those are who say and hear something of it', async () => {
  const [here, apart] = await Promise.all(
    [monolith, shell].map(async (process) => {
      const orderId = await place(process, process === shell ? PLACED : '1'.repeat(32));
      return eventually('The whole story', () => storyOf(process, orderId), isOver, PATIENCE);
    }),
  );

  expect(told(apart!)).toEqual(told(here!));
  expect(apart!.isCut).toBe(false);
  expect(new Set(apart!.entries.map(({ saidBy }) => saidBy))).toEqual(
    new Set(['orders', 'payments', 'inventory', 'shipping']),
  );
});

/** What tracing systems said of the trace, as every log has it that has a message of it. */
async function statesOf(trace: string): Promise<Set<string>> {
  const outboxes = ['orders', 'payments', 'inventory', 'shipping'].map((module) => `${module}.outbox`);
  const received = ['orders', 'payments', 'inventory', 'shipping', 'analytics'].map((module) => `${module}.received`);
  const all = [...outboxes, ...received].map(
    (log) => `SELECT '${log}' AS log, tracestate FROM ${log} WHERE traceparent LIKE '00-${trace}-%'`,
  );
  const { rows } = await administrator.query<{ log: string; tracestate: string }>(all.join(' UNION '));
  expect(rows.map(({ log }) => log).sort()).toEqual([...outboxes, ...received].sort());
  return new Set(rows.map(({ tracestate }) => tracestate));
}

/** The way from what began the trace to each of its spans: `00f067aa0ba902b7 › shell: SERVER POST /api/orders/orders`. */
function waysIn(trace: string): string[] {
  const ways = collector.trace(trace).map((span) => collector.wayTo(span));
  const named = ways.map((way) => [
    way[0]!.parentSpanId ?? '',
    ...way.map(({ service, kind, name }) => `${service.replace('macrolith-', '')}: ${KINDS[kind]} ${name}`),
  ]);
  return named.map((steps) => steps.join(' › ')).sort();
}

/** Waits for the spans of a trace: until all hang together, and the last of its handlers has ended. */
function spansOf(trace: string): Promise<string[]> {
  const isWhole = (ways: readonly string[]) =>
    new Set(ways.map((way) => way.split(' › ', 1)[0])).size === 1 &&
    LAST.every((name) => ways.some((way) => way.endsWith(name)));
  return eventually('The trace', () => waysIn(trace), isWhole, PATIENCE);
}

const LAST = ['CONSUMER analytics.recordFulfilled', 'macroservice: SERVER notifications.send'];

/** From the order that was confirmed to the handler that ends it: each hears of the one before, over JetStream. */
const HEARD = [
  'shell: INTERNAL transaction',
  'shell: INTERNAL orders.confirm',
  'macroservice: CONSUMER payments.captureOrder',
  'macroservice: INTERNAL transaction',
  'macroservice: CONSUMER inventory.commitOrder',
  'macroservice: INTERNAL transaction',
  'macroservice: CONSUMER shipping.sendGoods',
  'macroservice: INTERNAL transaction',
  'macroservice: INTERNAL shipping.request',
  'shell: CONSUMER orders.fulfilSent',
];

test('an order is one trace, from the browser over calls and events to the last handler in another process', async () => {
  const ways = await spansOf(PLACED);

  const began = [BROWSER, 'shell: SERVER POST /api/orders/orders', 'shell: INTERNAL orders.place'];
  const called = ['shell: CLIENT payments.authorise', 'macroservice: SERVER payments.authorise'];
  expect(ways).toContain([...began, ...called].join(' › '));
  expect(ways).toContain([...began, ...HEARD].join(' › '));
  expect(await statesOf(PLACED)).toEqual(new Set([STATE]));
});

test('while others cannot be asked the story says that there is more', async () => {
  const orderId = await place(shell, '2'.repeat(32));
  await eventually('The whole story', () => storyOf(shell, orderId), isOver, PATIENCE);
  await others.kill();

  const { entries, isCut } = await storyOf(shell, orderId);

  expect(isCut).toBe(true);
  expect(entries.map(({ type }) => type)).toContain('orders.order-placed.v1');
});

test('a run that another process goes on with later is in the trace of whoever began it', async () => {
  const pending = async () =>
    (await administrator.query(`SELECT FROM orders.order_header WHERE status = 'pending'`)).rowCount;
  const lost = order(shell, RESUMED).catch(() => {});
  await eventually('The order', pending, (orders) => orders === 1, PATIENCE);
  await shell.kill();
  await lost;

  others = await startMacroservice(surroundings, ELSEWHERE);
  shell = await startShell(surroundings, ELSEWHERE);

  const ways = await spansOf(RESUMED);

  // What the first process had begun ended with it, and nobody was told of it.
  const lostSpan = expect.stringMatching(/^[0-9a-f]{16}$/);
  const asLists = ways.map((way) => way.split(' › '));
  expect(asLists).toContainEqual([
    lostSpan,
    'shell: CLIENT payments.authorise',
    'macroservice: SERVER payments.authorise',
  ]);
  expect(asLists).toContainEqual([lostSpan, ...HEARD]);
  expect(await statesOf(RESUMED)).toEqual(new Set([STATE]));
});
