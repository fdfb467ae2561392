import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Catalog } from '@macrolith/catalog';
import { CatalogModule } from '@macrolith/catalog/local';
import { type InputOf, snapshot } from '@macrolith/contract';
import { Fraud } from '@macrolith/fraud';
import { FraudModule } from '@macrolith/fraud/local';
import { anOrderToScore, specifyFraud } from '@macrolith/fraud/testing';
import { CallServer, NatsModule } from '@macrolith/nats';
import { OrderSuspected, Orders } from '@macrolith/orders';
import { bootModule, eventually, type RunningModules } from '@macrolith/testing';
import { type Msg } from '@nats-io/transport-node';
import { type Example, examples } from './language.js';
import { RunningExample } from './running-example.js';
import { SecuredNats } from './secured-nats.js';
import { Shop } from './shop.js';
import { headersOf, messageIds, messages, sendCalls } from './wire-vectors.js';

const CONTRACT = fileURLToPath(import.meta.resolve('@macrolith/fraud/contract.json'));
const SCORE_ORDER = 'macrolith.calls.fraud.scoreOrder';
const PATIENCE = { withinMs: 60_000 };
/** Of whoever asks by the client of NATS alone, which would give up after a second. */
const ASKING = { timeout: 20_000 };
const CALL = { 'Macrolith-Protocol': '1', 'Macrolith-Caller': 'test', 'Macrolith-Timeout-Ms': '20000' };

const all = await examples();
const runnable = all.filter((example) => 'command' in example);
const missing = all.filter((example) => 'missing' in example);

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.close());

for (const { language, missing: why } of missing) {
  process.stderr.write(`SKIPPED: the ${language} program of examples/ is not tested here. ${why}\n`);
  describe.skip(`The ${language} program, which cannot be run here: ${why}`, () => {
    test('serves, calls and hears', () => {});
  });
}

test('the fraud module of this repository answers every vector', async () => {
  const modules = await bootModule(FraudModule, { imports: [NatsModule.forRoot({ servers: shop.nats.url })] });
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  modules.get(CallServer).listen(() => resolve());
  await listening;

  await sendCalls(shop.stranger);

  await modules.close();
});

describe.each(runnable)('The $language program', (example: Example) => {
  const orders = () => shop.caller.port(Orders);
  const start = (...parameters: string[]) => RunningExample.start(example, parameters, { NATS_URL: shop.nats.url });
  const reference = (name: string) => `${example.language} ${name}`;
  const place = (name: string, changes: Partial<InputOf<Orders['place']>> = {}) =>
    orders().place({
      customerId: 'ada',
      accountId: 'demo',
      reference: reference(name),
      lines: [{ productId: '71053', quantity: 2 }],
      ...changes,
    });
  const untilStatus = (name: string, status: string) =>
    eventually(
      `The order '${name}'`,
      async () => (await orders().listOrders({ reference: reference(name) })).items[0]?.status,
      (now) => now === status,
      PATIENCE,
    );

  let program: RunningExample;
  beforeAll(async () => {
    // What becomes of it, the first test looks up: whoever waits for the answer may have to wait longer than it has time.
    void place('while nobody scores').catch(() => {});
    await untilStatus('while nobody scores', 'pending');
    program = await start('serve', CONTRACT).ready();
  });
  afterAll(() => program.kill());

  test('is waited for: an order that nobody can score is pending, and is placed once somebody can', async () => {
    await untilStatus('while nobody scores', 'placed');
  });

  describe('keeps the contract of fraud', () => {
    specifyFraud({
      under: 'remote',
      get port() {
        return shop.caller.port(Fraud);
      },
    });
  });

  test('answers every vector', () => sendCalls(shop.stranger));

  test('outlives messages that are malformed, deep, or ask for no answer', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const ask = (body: string | Uint8Array) =>
      shop.stranger.request(SCORE_ORDER, body, { ...ASKING, headers: headersOf(CALL) });

    shop.stranger.publish(SCORE_ORDER, '{}');
    for (const body of [deep, new Uint8Array([0xff, 0xfe, 0x22]), '"\\ud800"', '[]', '{}']) {
      expect((await ask(body)).json()).toMatchObject({ code: 'invalid-input' });
    }
    expect(await shop.caller.port(Fraud).scoreOrder(anOrderToScore())).toMatchObject({ score: 0 });
  });

  test('publishes what it answers to inboxes only', async () => {
    const heard: string[] = [];
    const listening = shop.stranger.subscribe('elsewhere', { callback: (_, { data }) => void heard.push(`${data}`) });
    for (const subject of [SCORE_ORDER, 'macrolith.contracts.fraud']) {
      shop.stranger.publish(subject, '{}', { reply: 'elsewhere', headers: headersOf(CALL) });
      await shop.stranger.request(subject, '{}', { headers: headersOf(CALL), timeout: 5_000 });
    }
    listening.unsubscribe();

    expect(heard).toEqual([]);
  });

  test('is listed by the service API of NATS, and tells its contract', async () => {
    const info = (await shop.stranger.request('$SRV.INFO.fraud', '', ASKING)).json();
    const contract = (await shop.stranger.request('macrolith.contracts.fraud', '', ASKING)).json();

    expect(info).toMatchObject({
      name: 'fraud',
      version: '0.1.0',
      metadata: { 'macrolith-protocol': '1', 'macrolith-contract': 'macrolith.contracts.fraud' },
      endpoints: [{ subject: 'macrolith.calls.fraud.*', queue_group: 'macrolith' }],
    });
    expect(contract).toEqual(snapshot(Fraud.contract));
  });

  test('decides which orders are placed', async () => {
    const gold = (quantity: number) => [{ productId: 'GOLD', quantity }];
    const stolen = { customerId: 'mallory', card: { token: 'tok_visa_4242' }, lines: gold(1_000) };

    await expect(place('honest and large', { lines: gold(50) })).resolves.toMatchObject({ status: 'placed' });
    await expect(orders().place(stolen)).rejects.toThrow(OrderSuspected);
    expect(await orders().listOrders({ customerId: 'mallory' })).toEqual({ items: [] });
  });

  test('calls other modules, and tells results, errors, refusals and silence apart', async () => {
    const call = async (operation: string, argument: unknown) => {
      const { exitCode, lines } = await start('call', operation, JSON.stringify(argument)).untilEnded();
      return [exitCode, JSON.parse(lines.join(''))] as const;
    };

    const price = { amountMinor: '200000', currency: 'GBP' };
    const message = { channel: 'email', to: 'ada@example.org', template: 'no-such-template', data: {} };

    const [found, unknown, unfit, unserved, changed, queued] = await Promise.all([
      call('catalog.getProduct', { productId: 'GOLD' }),
      call('catalog.getProduct', { productId: 'NONE' }),
      call('catalog.getProduct', { productId: 7 }),
      call('shipping.getShipment', { shipmentId: '0198c5a4-5d5e-7000-8000-000000000001' }),
      call('catalog.reprice', { productId: 'GOLD', price }),
      call('notifications.send', message),
    ]);

    expect(found).toMatchObject([0, { ok: { productId: 'GOLD', price: { amountMinor: '200000', currency: 'GBP' } } }]);
    expect(unknown).toEqual([1, { error: 'catalog.product-not-found', fields: { productId: 'NONE' } }]);
    expect(unfit).toMatchObject([2, { refused: 'invalid-input' }]);
    expect(unserved).toEqual([2, { unavailable: 'Nobody serves shipping.' }]);
    // A command and a task are refused where nothing says which wish it is.
    expect(changed).toMatchObject([0, { ok: { productId: 'GOLD', price } }]);
    expect(queued).toEqual([0, { ok: null }]);
  });

  test('hears events, each once and in their order, and goes on where it ended', async () => {
    const heard = (listener: RunningExample) => listener.lines.slice(1).map((line) => JSON.parse(line));
    const untilHeard = (listener: RunningExample, orderId: string) =>
      eventually(
        'The order',
        async () => heard(listener).map(({ key }) => key),
        (keys) => keys.includes(orderId),
        PATIENCE,
      );

    const first = await start('hear', 'orders', 'order-placed').ready();
    // What some publisher sends twice is there twice.
    for (const { message } of [...messages, ...messages]) {
      shop.stranger.publish(message.subject, message.body, { headers: headersOf(message.headers) });
    }
    const { orderId } = await place('heard');
    await untilHeard(first, orderId);
    expect((await first.stop()).exitCode).toBe(0);
    const second = await start('hear', 'orders', 'order-placed').ready();
    const later = await place('heard later');
    await untilHeard(second, later.orderId);
    await second.stop();

    const ids = heard(first).map(({ id }) => id);
    const expected = messages.flatMap(({ event }) => (event === null ? [] : [event]));
    expect(new Set(ids).size).toBe(ids.length);
    expect(heard(first).filter(({ id }) => messageIds.has(id))).toEqual(expected);
    expect(heard(first).at(-1)).toMatchObject({ key: orderId, type: 'orders.order-placed.v1', data: { orderId } });
    expect(heard(second)).toMatchObject([{ key: later.orderId }]);
  });

  test('answers what it has taken before it ends, and ends with 0', async () => {
    const body = JSON.stringify({ ...anOrderToScore(), total: { amountMinor: '1', currency: 'GBP' } });
    const ask = (): Promise<string> =>
      shop.stranger.request(SCORE_ORDER, body, { ...ASKING, headers: headersOf(CALL) }).then(
        (answer: Msg) => answer.headers?.get('Macrolith-Status') ?? 'result',
        (error: Error) => error.name,
      );
    const answers = Array.from({ length: 300 }, ask);
    await answers[0];

    const { exitCode } = await program.stop();

    const told = new Set(await Promise.all(answers));
    expect(exitCode).toBe(0);
    expect([...told].filter((answer) => !['result', 'NoRespondersError'].includes(answer))).toEqual([]);
  });
});

describe.each(runnable)('The $language program, with a user of NATS of its own', (example: Example) => {
  const user = `fraud-${example.language.toLowerCase()}`;
  let nats: SecuredNats;
  let catalog: RunningModules;
  let program: RunningExample;
  beforeAll(async () => {
    nats = await SecuredNats.start();
    program = await start('serve', CONTRACT).ready();
    const place = { servers: nats.url, connection: nats.optionsOf('catalog') };
    catalog = await bootModule(CatalogModule, { imports: [NatsModule.forRoot(place)] });
    const price = { amountMinor: 200_000n, currency: 'GBP' };
    await catalog.port(Catalog).addProduct({ productId: 'GOLD', name: 'Gold', price });
    await new Promise<void>((resolve) => catalog.get(CallServer).listen(() => resolve()));
  });
  afterAll(async () => {
    await program?.kill();
    await catalog?.close();
    await nats?.stop();
  });

  const start = (...parameters: string[]) => RunningExample.start(example, parameters, nats.environmentOf(user));
  const call = async (operation: string, argument: unknown) => {
    const { exitCode, lines } = await start('call', operation, JSON.stringify(argument)).untilEnded();
    return [exitCode, JSON.parse(lines.join(''))];
  };

  test('serves its module to those who may call it, calls what it may, and hears what it may', async () => {
    const orders = await nats.connect('orders');
    const contract = JSON.stringify(snapshot(Orders.contract));
    const callback = (_: unknown, message: Msg) => void message.respond(contract);
    orders.subscribe('macrolith.contracts.orders', { callback });
    await orders.flush();
    const listener = await start('hear', 'orders', 'order-placed').ready();
    for (const { message } of messages) {
      orders.publish(message.subject, message.body, { headers: headersOf(message.headers) });
    }

    await sendCalls(orders);
    expect(await call('catalog.getProduct', { productId: 'GOLD' })).toMatchObject([0, { ok: { productId: 'GOLD' } }]);
    const expected = messages.flatMap(({ event }) => (event === null ? [] : [event.id]));
    const heard = async () => listener.lines.slice(1).map((line) => JSON.parse(line).id as string);
    await eventually('The events', heard, (ids) => expected.every((id) => ids.includes(id)), PATIENCE);
    expect((await listener.stop()).exitCode).toBe(0);
  });

  test('is denied everything else', async () => {
    const of = (name: string) => `$JS.API.CONSUMER.CREATE.macrolith-events.${name}`;
    const its = {
      publish: [
        'macrolith.calls.catalog.getProduct',
        'macrolith.cancellations.catalog',
        `${of(user)}_orders_order-placed.macrolith.events.orders.order-placed.*`,
      ],
      subscribe: [
        'macrolith.calls.fraud.*',
        'macrolith.cancellations.fraud',
        'macrolith.stories.fraud',
        `_INBOX.macrolith.${user}.>`,
      ],
    };
    const others = {
      publish: [
        'macrolith.calls.payments.authorise',
        'macrolith.cancellations.payments',
        'macrolith.stories.orders',
        'macrolith.events.orders.order-placed.v1',
        `${of('notifications')}_orders_order-placed.macrolith.events.orders.order-placed.*`,
        `${of(user)}_payments_payment-captured.macrolith.events.payments.payment-captured.*`,
        '$JS.API.STREAM.DELETE.macrolith-events',
      ],
      subscribe: [
        'macrolith.calls.payments.*',
        'macrolith.cancellations.payments',
        'macrolith.stories.orders',
        'macrolith.stories.*',
        'macrolith.events.>',
        '_INBOX.macrolith.orders.>',
        '_INBOX.>',
        '>',
      ],
    };
    const all = {
      publish: [...its.publish, ...others.publish],
      subscribe: [...its.subscribe, ...others.subscribe],
    };

    expect(await nats.allowed(user, all)).toEqual(its);
    expect(await call('payments.authorise', {})).toMatchObject([2, { failed: expect.anything() }]);
  });
});
