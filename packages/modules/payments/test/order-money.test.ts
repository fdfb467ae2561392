import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EventType } from '@macrolith/contract';
import { bootModule, hear, publishedEvents, type RunningModules } from '@macrolith/testing';
import { orderCancelled, orderPlaced } from '../src/fulfilment/heard-events.js';
import { Payments } from '../src/index.js';
import { PaymentsModule } from '../src/local.js';
import { anAccount } from '../src/testing.js';

const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });

let modules: RunningModules;
let payments: Payments;
beforeAll(async () => {
  modules = await bootModule(PaymentsModule);
  payments = modules.port(Payments);
});
afterAll(() => modules.close());

/** Holds 3.00 of 10.00 pounds for an order; the account has the order's name. */
async function hold(orderId: string): Promise<string> {
  const accountId = await anAccount(payments, { accountId: orderId, balance: pounds(1000n) });
  const request = { orderId, method: { type: 'account' as const, accountId }, amount: pounds(300n) };
  return (await payments.authorise(request)).paymentId;
}

const placed = (orderId: string, fulfilment?: string) =>
  hear(modules, orderPlaced, { orderId, ...(fulfilment === undefined ? {} : { fulfilment }) });
const cancelled = (orderId: string, changes: object = {}) =>
  hear(modules, orderCancelled, { orderId, status: 'cancelled', fulfilment: 'automatic', ...changes });
const said = async (event: EventType, orderId: string) =>
  (await publishedEvents(modules, event)).filter((data) => data.orderId === orderId);
const { paymentCaptured, paymentNotCaptured, paymentRefunded } = Payments.event;

test('the money of an automatic order is taken when it is placed, once, and that is told', async () => {
  const paymentId = await hold('AUTO');

  await placed('AUTO', 'automatic');
  await placed('AUTO', 'automatic');

  expect(await payments.getPayment({ paymentId })).toMatchObject({ status: 'captured', captured: pounds(300n) });
  expect(await said(paymentCaptured, 'AUTO')).toEqual([{ orderId: 'AUTO', paymentId, amount: pounds(300n) }]);
});

test.each(['manual', undefined])('an order that says %p is left to those who fulfil it by hand', async (fulfilment) => {
  const orderId = `HAND-${fulfilment}`;
  const paymentId = await hold(orderId);

  await placed(orderId, fulfilment);
  await cancelled(orderId, { fulfilment });

  expect(await payments.getPayment({ paymentId })).toMatchObject({ status: 'authorised' });
});

test('money that is not held any more cannot be taken, and that is told', async () => {
  const paymentId = await hold('VOID');
  await payments.void({ paymentId });

  await placed('VOID', 'automatic');
  await placed('NOTHING', 'automatic');

  expect(await said(paymentNotCaptured, 'VOID')).toEqual([{ orderId: 'VOID', reason: 'not-held' }]);
  expect(await said(paymentNotCaptured, 'NOTHING')).toEqual([{ orderId: 'NOTHING', reason: 'no-payment' }]);
});

test('what was taken is given back when the order is cancelled, once, and that is told', async () => {
  const paymentId = await hold('BACK');
  await placed('BACK', 'automatic');
  await payments.refund({ paymentId, amountMinor: 100n });

  await cancelled('BACK');
  await cancelled('BACK');

  expect(await payments.getAccount({ accountId: 'BACK' })).toMatchObject({ balance: pounds(1000n), held: pounds(0n) });
  expect(await said(paymentRefunded, 'BACK')).toEqual([{ orderId: 'BACK', paymentId, amount: pounds(200n) }]);
});

test('the money of an order that is cancelled before it was taken is never taken', async () => {
  const paymentId = await hold('FIRST');

  await cancelled('FIRST');
  await placed('FIRST', 'automatic');

  expect(await payments.getPayment({ paymentId })).toMatchObject({ status: 'voided', captured: pounds(0n) });
  expect(await said(paymentCaptured, 'FIRST')).toEqual([]);
  expect(await said(paymentRefunded, 'FIRST')).toEqual([]);
});

test('an order of which a part is cancelled keeps its payment', async () => {
  const paymentId = await hold('PART');
  await placed('PART', 'automatic');

  await cancelled('PART', { status: 'fulfilled' });

  expect(await payments.getPayment({ paymentId })).toMatchObject({ status: 'captured', refunded: pounds(0n) });
});

test('news that comes at once moves the money once', async () => {
  const orders = Array.from({ length: 20 }, (_, n) => `RUSH-${n}`);
  for (const orderId of orders) await hold(orderId);

  await Promise.all(
    orders.flatMap((orderId) => [placed(orderId, 'automatic'), cancelled(orderId), placed(orderId, 'automatic')]),
  );

  for (const accountId of orders) {
    expect(await payments.getAccount({ accountId })).toMatchObject({ balance: pounds(1000n), held: pounds(0n) });
  }
});
