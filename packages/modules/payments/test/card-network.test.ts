import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { runInContext, UnitOfWork } from '@macrolith/core';
import { bootModule, eventually, type RunningModules } from '@macrolith/testing';
import { CardDeclined, NotFromCardNetwork, Payments } from '../src/index.js';
import { CardNetworkOptions, PaymentsModule } from '../src/local.js';
import { TEST_CARD } from '../src/testing.js';
import { type CardSandbox, disposableSandbox, ReachedSandbox, reaching } from './card-network.js';

let sandbox: CardSandbox;
let network: ReachedSandbox;
let modules: RunningModules;
let payments: Payments;
beforeAll(async () => {
  sandbox = await disposableSandbox();
  network = new ReachedSandbox(sandbox);
  modules = await bootModule(PaymentsModule, { imports: [reaching(network)] });
  payments = modules.port(Payments);
});
afterEach(() => sandbox.heal());
afterAll(async () => {
  await modules.close();
  await sandbox.close();
});

const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });
const authorise = (orderId: string, key = orderId, token: string = TEST_CARD.token) =>
  runInContext({ idempotencyKey: key.replaceAll(' ', '-') }, () =>
    payments.authoriseCard({ orderId, card: { type: 'card', token }, amount: pounds(600n) }),
  );
const paymentOf = async (orderId: string) => (await payments.listPayments({ orderId })).items[0]!;
const settled = (paymentId: string) =>
  eventually(
    'The settlement',
    () => payments.getPayment({ paymentId }),
    ({ settlement }) => settlement !== undefined && settlement !== 'pending',
    { withinMs: 20_000 },
  );

describe('an answer of the network that does not arrive', () => {
  test.each([
    ['because it is down', { kind: 'dead' }],
    ['because it fails', { kind: 'error' }],
    ['because it is lost on the way', { kind: 'lost' }],
    ['because it takes too long', { kind: 'slow', delayMs: 60_000 }],
    ['because nothing is done in time', { kind: 'slow-before', delayMs: 60_000 }],
  ] as const)('%s, is asked for again by the same wish: one amount is held', async (why, fault) => {
    const orderId = `lost ${why}`;
    await sandbox.fail({ on: 'authorise', ...fault });

    const wish = () => authorise(orderId);
    await expect('delayMs' in fault ? network.hastily(wish) : wish()).rejects.toThrow();
    expect(await paymentOf(orderId)).toMatchObject({ status: 'authorising' });
    const { paymentId } = await authorise(orderId);

    expect(await payments.getPayment({ paymentId })).toMatchObject({ status: 'authorised' });
    await sandbox.heal();
    expect(await sandbox.authorisations(paymentId)).toMatchObject([{ status: 'authorised', authorisedMinor: '600' }]);
  });

  test('is no decline, and a decline that is lost is told again', async () => {
    await sandbox.fail({ on: 'authorise', kind: 'lost' });

    await expect(authorise('lost no', 'lost no', 'tok_visa_blocked_9979')).rejects.not.toThrow(CardDeclined);
    await expect(authorise('lost no', 'lost no', 'tok_visa_blocked_9979')).rejects.toMatchObject({
      reason: 'card-blocked',
    });
  });

  test('twenty that wish the same at once hold one amount', async () => {
    const wishes = await Promise.all(Array.from({ length: 20 }, () => authorise('rush')));

    expect(new Set(wishes.map(({ paymentId }) => paymentId)).size).toBe(1);
    expect(await sandbox.authorisations(wishes[0]!.paymentId)).toHaveLength(1);
  });
});

describe('what is decided here is done at the network', () => {
  test('once, however often its answers are lost or it is asked twice', async () => {
    const { paymentId } = await authorise('settle');
    await sandbox.fail({ on: 'capture', kind: 'lost', times: 3 });
    await sandbox.fail({ on: 'refund', kind: 'lost', times: 2 });
    await sandbox.fail({ on: 'refund', kind: 'twice' });

    await payments.capture({ paymentId });
    for (const amountMinor of [100n, 50n]) await payments.refund({ paymentId, amountMinor });

    expect(await settled(paymentId)).toMatchObject({ status: 'captured', settlement: 'settled' });
    expect(await sandbox.authorisations(paymentId)).toMatchObject([
      { status: 'captured', capturedMinor: '600', refundedMinor: '150' },
    ]);
  });

  test('only if the transaction that decided it commits', async () => {
    const { paymentId } = await authorise('undone');

    const undone = modules.get(UnitOfWork).run(async () => {
      await payments.capture({ paymentId });
      throw new Error('changed my mind');
    });

    await expect(undone).rejects.toThrow('changed my mind');
    expect(await payments.getPayment({ paymentId })).toMatchObject({ status: 'authorised' });
    await payments.void({ paymentId });
    await settled(paymentId);
    expect(await sandbox.authorisations(paymentId)).toMatchObject([{ status: 'voided' }]);
  });

  test('or is shown as failed when the network refuses it for good', async () => {
    const { paymentId } = await authorise('refused');
    const [{ id } = { id: '' }] = await sandbox.authorisations(paymentId);
    await sandbox.request(
      'POST',
      `/v1/authorisations/${id}/void`,
      {},
      { 'idempotency-key': 'by the bank'.replaceAll(' ', '-') },
    );

    await payments.capture({ paymentId });

    expect(await settled(paymentId)).toMatchObject({ status: 'captured', settlement: 'failed' });
  });

  test('a void that the network was not told of yet is taken back', async () => {
    const { paymentId } = await authorise('reinstated');

    await modules.get(UnitOfWork).run(async () => {
      await payments.void({ paymentId });
      await payments.reinstate({ paymentId });
    });

    await payments.capture({ paymentId });
    expect(await settled(paymentId)).toMatchObject({ status: 'captured', settlement: 'settled' });
    expect(await sandbox.authorisations(paymentId)).toMatchObject([{ status: 'captured' }]);
  });
});

describe('the news of the network', () => {
  const news = (body: string, atMs = Date.now(), secret = sandbox.secrets.webhookSecret) => {
    const [id, timestamp] = ['evt_1', `${Math.floor(atMs / 1000)}`];
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    return { id, timestamp, signature: `v1,bm90IHRoaXM= v1,${signature}`, body };
  };
  const about = async (paymentId: string, type = 'authorisation.authorise', key = paymentId) =>
    JSON.stringify({ type, key, authorisation: (await sandbox.authorisations(paymentId))[0] });

  test('tells what became of an answer that was lost, also twice', async () => {
    await sandbox.fail({ on: 'authorise', kind: 'lost', times: 2 });
    await expect(authorise('told')).rejects.toThrow();
    await expect(authorise('told no', 'told no', 'tok_visa_expired_0069')).rejects.toThrow();
    const [yes, no] = [await paymentOf('told'), await paymentOf('told no')];

    for (const { paymentId } of [yes, no, yes, no]) await payments.hearCardNetwork(news(await about(paymentId)));

    expect(await paymentOf('told')).toMatchObject({ status: 'authorised' });
    expect(await paymentOf('told no')).toMatchObject({ status: 'declined' });
    expect(await authorise('told')).toEqual({ paymentId: yes.paymentId });
    await expect(authorise('told no', 'told no', 'tok_visa_expired_0069')).rejects.toMatchObject({
      reason: 'card-expired',
    });
  });

  test('changes nothing about a payment that has gone on', async () => {
    const { paymentId } = await authorise('late');
    const body = await about(paymentId);
    await payments.void({ paymentId });
    await settled(paymentId);

    await payments.hearCardNetwork(news(body));

    expect(await payments.getPayment({ paymentId })).toMatchObject({ status: 'voided', settlement: 'settled' });
  });

  test('may be about a payment that is none of ours', async () => {
    const { paymentId } = await authorise('other');
    const [authorisation] = await sandbox.authorisations(paymentId);
    const foreign = {
      type: 'authorisation.capture',
      key: 'k',
      authorisation: { ...authorisation, reference: 'till 7' },
    };

    await expect(payments.hearCardNetwork(news(JSON.stringify(foreign)))).resolves.toBeUndefined();
  });

  test.each([
    [
      'signed by somebody else',
      'signature',
      () => news('{}', Date.now(), `whsec_${Buffer.alloc(32).toString('base64')}`),
    ],
    ['changed on the way', 'signature', () => ({ ...news('{}'), body: '{"a":1}' })],
    ['six minutes old', 'time', () => news('{}', Date.now() - 360_000)],
    ['of the future', 'time', () => news('{}', Date.now() + 360_000)],
    ['about nothing', 'content', () => news('{}')],
    ['no JSON', 'content', () => news('hello')],
  ] as const)('is not believed when it is %s', async (_, problem, make) => {
    await expect(payments.hearCardNetwork(make())).rejects.toMatchObject({ code: NotFromCardNetwork.code, problem });
  });
});

test('where no network is configured, cards are not taken, and accounts are', async () => {
  const shop = await bootModule(PaymentsModule);
  const alone = shop.port(Payments);

  await expect(alone.authoriseCard({ orderId: 'o', card: TEST_CARD, amount: pounds(1n) })).rejects.toMatchObject({
    code: 'payments.cards-not-taken',
  });
  expect(await alone.listCards()).toEqual({ taken: false, cards: [] });
  expect(await alone.listPayments({ orderId: 'o' })).toEqual({ items: [] });
  await shop.close();
});

test.each([
  ['CARD_NETWORK_URL', { CARD_NETWORK_URL: 'ftp://hidden' }],
  ['CARD_NETWORK_API_KEY', { CARD_NETWORK_URL: 'https://hidden.example' }],
  ['CARD_NETWORK_WEBHOOK_SECRET', { CARD_NETWORK_URL: 'https://hidden.example', CARD_NETWORK_API_KEY: 'hidden' }],
  ['CARD_NETWORK_TIMEOUT_MS', { CARD_NETWORK_TIMEOUT_MS: '1e9' }],
])('a setting that cannot be used is named, and not repeated: %s', (name, environment) => {
  const reading = () => CardNetworkOptions.fromEnvironment(environment);

  expect(reading).toThrow(name);
  expect(reading).not.toThrow(/hidden/);
});
