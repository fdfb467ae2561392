import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { runInContext } from '@macrolith/core';
import { bootModule, eventually, type RunningModules } from '@macrolith/testing';
import { Payments } from '../src/index.js';
import { PaymentsModule } from '../src/local.js';
import { TEST_CARD } from '../src/testing.js';
import { type CardSandbox, disposableSandbox, ReachedSandbox, reaching } from './card-network.js';

let sandbox: CardSandbox;
let network: ReachedSandbox;
let modules: RunningModules;
let payments: Payments;
beforeAll(async () => {
  sandbox = await disposableSandbox();
  network = new ReachedSandbox(sandbox);
  // Nobody delivers: what is decided here waits until it is mended.
  modules = await bootModule(PaymentsModule, { imports: [reaching(network)], events: { enabled: false } });
  payments = modules.port(Payments);
});
afterAll(async () => {
  await modules.close();
  await sandbox.close();
});

const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });
const authorise = (orderId: string, amount = pounds(600n)) =>
  runInContext({ idempotencyKey: orderId }, () => payments.authoriseCard({ orderId, card: TEST_CARD, amount }));
const atNetwork = (path: string, body: object, key: string) =>
  sandbox.request('POST', `/v1/authorisations${path}`, body, { 'idempotency-key': key });
const networkId = async (reference: string) => (await sandbox.authorisations(reference))[0]!.id;
const differences = async () => (await payments.reconcileCards({ olderThanSeconds: 0 })).differences;
const mend = () => payments.mendCards({ olderThanSeconds: 0 });

let order = 0;
let orderId: string;
beforeEach(() => {
  order += 1;
  orderId = `order-${order}`;
});
afterEach(() => sandbox.heal());

test('what agrees is no difference', async () => {
  await authorise(orderId);
  await authorise(`${orderId}-free`, pounds(0n));

  const { paymentsCompared, chargesCompared, complete, differences } = await payments.reconcileCards({
    olderThanSeconds: 0,
  });

  expect({ paymentsCompared, chargesCompared, complete, differences }).toEqual({
    paymentsCompared: 1,
    chargesCompared: 1,
    complete: true,
    differences: [],
  });
});

test('a charge that no payment stands behind is found, and let go', async () => {
  await atNetwork('', { token: TEST_CARD.token, reference: 'till 7', amountMinor: '250', currency: 'GBP' }, orderId);
  const there = pounds(250n);

  expect(await differences()).toMatchObject([{ kind: 'unknown-charge', there, mendable: true }]);
  expect((await mend()).differences).toHaveLength(1);

  expect(await differences()).toEqual([]);
  expect(await sandbox.authorisations('till 7')).toMatchObject([{ status: 'voided' }]);
});

test('a charge that was taken and no payment stands behind is left to people', async () => {
  await atNetwork('', { token: TEST_CARD.token, reference: 'till 8', amountMinor: '250', currency: 'GBP' }, orderId);
  const id = await networkId('till 8');
  await atNetwork(`/${id}/capture`, { amountMinor: '250' }, `${orderId}-c`);

  expect(await differences()).toMatchObject([{ kind: 'unknown-charge', networkId: id, mendable: false }]);
  await mend();
  expect(await differences()).toHaveLength(1);

  await atNetwork(`/${id}/refund`, { amountMinor: '250' }, `${orderId}-r`);
  expect(await differences()).toEqual([]);
});

test('a second amount for one payment is found, and let go', async () => {
  const { paymentId } = await authorise(orderId);
  await atNetwork('', { token: TEST_CARD.token, reference: paymentId, amountMinor: '600', currency: 'GBP' }, orderId);

  expect(await differences()).toMatchObject([{ kind: 'charged-twice', paymentId, orderId, mendable: true }]);
  await mend();

  expect(await differences()).toEqual([]);
  expect((await sandbox.authorisations(paymentId)).map(({ status }) => status)).toEqual(['authorised', 'voided']);
});

test('an answer that nobody heard is found, and written down', async () => {
  await sandbox.fail({ on: 'authorise', kind: 'lost' });
  await expect(authorise(orderId)).rejects.toThrow();

  expect(await differences()).toMatchObject([{ kind: 'unanswered', orderId, there: pounds(600n), mendable: true }]);
  await mend();

  expect(await differences()).toEqual([]);
  expect((await payments.listPayments({ orderId })).items).toMatchObject([{ status: 'authorised' }]);
});

test('a payment that its card was never asked for is given up, and whoever wishes for it later is refused', async () => {
  await sandbox.fail({ on: 'authorise', kind: 'dead' });
  await expect(authorise(orderId)).rejects.toThrow();

  expect(await differences()).toMatchObject([{ kind: 'unanswered', orderId, there: pounds(0n) }]);
  await mend();

  expect(await differences()).toEqual([]);
  await expect(authorise(orderId)).rejects.toMatchObject({ reason: 'withdrawn' });
});

test('what a card is asked for after it was given up is let go', async () => {
  await sandbox.fail({ on: 'authorise', kind: 'slow-before', delayMs: 60_000 });
  await expect(network.hastily(() => authorise(orderId))).rejects.toThrow();
  await mend();
  await sandbox.release();
  const reference = (await payments.listPayments({ orderId })).items[0]!.paymentId;
  await eventually(
    'The late charge',
    () => sandbox.authorisations(reference),
    ({ length }) => length === 1,
  );

  expect(await differences()).toMatchObject([{ kind: 'held-in-vain', orderId, here: pounds(0n), there: pounds(600n) }]);
  await mend();

  expect(await differences()).toEqual([]);
});

test.each([
  ['captured', 'missing-charge', (paymentId: string) => payments.capture({ paymentId })],
  ['voided', 'held-in-vain', (paymentId: string) => payments.void({ paymentId })],
])('a payment that is %s here, and not at the network, is found, and told again', async (status, kind, act) => {
  const { paymentId } = await authorise(orderId);
  await act(paymentId);
  expect(await differences()).toMatchObject([{ kind, paymentId, mendable: true }]);

  // The task is queued once more. Whoever delivers may be away: here the test does it.
  await mend();
  await payments.settleCard({ paymentId });
  await runTask(paymentId);

  expect(await differences()).toEqual([]);
  expect(await sandbox.authorisations(paymentId)).toMatchObject([{ status }]);
});

test('a refund that the network does not know of is an amount that differs', async () => {
  const { paymentId } = await authorise(orderId);
  await payments.capture({ paymentId });
  await runTask(paymentId);
  await payments.refund({ paymentId, amountMinor: 100n });

  expect(await differences()).toMatchObject([
    { kind: 'wrong-amount', paymentId, here: pounds(500n), there: pounds(600n), mendable: true },
  ]);
  await runTask(paymentId);
  expect(await differences()).toEqual([]);
});

test('what the network let go by itself is missing, and left to people', async () => {
  const { paymentId } = await authorise(orderId);
  await atNetwork(`/${await networkId(paymentId)}/void`, {}, `${orderId}-v`);

  expect(await differences()).toMatchObject([
    { kind: 'missing-charge', paymentId, orderId, here: pounds(600n), there: pounds(0n), mendable: false },
  ]);
  await payments.void({ paymentId });
  await runTask(paymentId);
  expect(await differences()).toEqual([]);
  expect(await payments.getPayment({ paymentId })).toMatchObject({ status: 'voided', settlement: 'settled' });
});

test('what is younger than asked for may be under way, and is left out', async () => {
  await sandbox.fail({ on: 'authorise', kind: 'lost' });
  await expect(authorise(orderId)).rejects.toThrow();

  expect((await payments.reconcileCards({})).differences).toEqual([]);
  await mend();
});

/** Does what the relay would do. */
async function runTask(paymentId: string): Promise<void> {
  const { PaymentsService } = await import('../src/payments.service.js');
  await modules.get(PaymentsService).settleCard({ paymentId });
}
