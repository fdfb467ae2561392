import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type NatsServer, startNats, type TestDatabase } from '@macrolith/local-services';
import { eventually } from '@macrolith/testing';
import { type RunningProcess, startMacroservice, startMonolith, startShell } from './processes.js';

const ELSEWHERE = ['analytics', 'inventory', 'notifications', 'payments', 'shipping'];
const PATIENCE = { withinMs: 60_000 };

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
let nats: NatsServer;
let monolith: RunningProcess;
let shell: RunningProcess;
let others: RunningProcess;

beforeAll(async () => {
  [nats, ...databases] = await Promise.all([startNats(), createTestDatabase(), createTestDatabase()]);
  const [here, apart] = databases as [TestDatabase, TestDatabase];
  const surroundings = { databaseUrl: apart.url, natsUrl: nats.url };
  [monolith, others] = await Promise.all([startMonolith(here.url), startMacroservice(surroundings, ELSEWHERE)]);
  shell = await startShell(surroundings, ELSEWHERE);
});
afterAll(async () => {
  await Promise.all([monolith, shell, others].map((process) => process?.kill()));
  await Promise.all([nats.stop(), ...databases.map((database) => database.drop())]);
});

async function place({ url }: RunningProcess): Promise<string> {
  const answer = await fetch(`${url}/api/orders/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      customerId: 'ada',
      accountId: 'acct-river-studio',
      fulfilment: 'automatic',
      lines: [{ productId: 'DSK-001', quantity: 1 }],
    }),
  });
  return ((await answer.json()) as { orderId: string }).orderId;
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
      const orderId = await place(process);
      return eventually('The whole story', () => storyOf(process, orderId), isOver, PATIENCE);
    }),
  );

  expect(told(apart!)).toEqual(told(here!));
  expect(apart!.isCut).toBe(false);
  expect(new Set(apart!.entries.map(({ saidBy }) => saidBy))).toEqual(
    new Set(['orders', 'payments', 'inventory', 'shipping']),
  );
});

test('while others cannot be asked the story says that there is more', async () => {
  const orderId = await place(shell);
  await eventually('The whole story', () => storyOf(shell, orderId), isOver, PATIENCE);
  await others.kill();

  const { entries, isCut } = await storyOf(shell, orderId);

  expect(isCut).toBe(true);
  expect(entries.map(({ type }) => type)).toContain('orders.order-placed.v1');
});
