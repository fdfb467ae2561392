import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bootModule, type RunningModules, statementsOf } from '@macrolith/testing';
import fc from 'fast-check';
import { type Payment, PaymentDeclined, Payments } from '../src/index.js';
import { PaymentsModule } from '../src/local.js';
import { anAccount } from '../src/testing.js';

/** Accounts whose balance is not the sum of their entries, or whose hold is not the sum of their open payments. */
const DISCREPANCIES = `
  SELECT account_id FROM payments.account
  WHERE balance_minor <> (SELECT coalesce(sum(amount_minor), 0) FROM payments.entry WHERE entry.account_id = account.account_id)
     OR held_minor <> (SELECT coalesce(sum(authorised_minor - voided_minor), 0) FROM payments.payment
                       WHERE payment.account_id = account.account_id AND status = 'authorised')`;

let modules: RunningModules;
let payments: Payments;
beforeAll(async () => {
  modules = await bootModule(PaymentsModule, { checks: false });
  payments = modules.port(Payments);
});
afterAll(() => modules.close());

const rows = async (sql: string) => (await modules.database.of('payments').query(sql)).rows;
const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });

test('32 payments at once cannot spend more than there is', async () => {
  const accountId = await anAccount(payments, { accountId: 'RUSH', balance: pounds(1000n) });
  const buy = (n: number) =>
    payments.authorise({ orderId: `rush ${n}`, method: { type: 'account', accountId }, amount: pounds(300n) });

  const outcomes = await Promise.allSettled(Array.from({ length: 32 }, (_, n) => buy(n)));

  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(refusals).toHaveLength(29);
  for (const refusal of refusals) expect(refusal).toBeInstanceOf(PaymentDeclined);
  expect(await payments.getAccount({ accountId })).toMatchObject({ held: pounds(900n), available: pounds(100n) });
});

test('whatever happens at once, ledger, balances and holds add up', async () => {
  let run = 0;
  const action = fc.record({
    kind: fc.constantFrom('authorise', 'capture', 'void', 'refund', 'reinstate', 'deposit', 'voidHeld'),
    amountMinor: fc.bigInt(1n, 700n),
    whole: fc.boolean(),
    payment: fc.nat(9),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 30 }), async (actions) => {
      run += 1;
      const accountId = await anAccount(payments, { accountId: `ANY${run}`, balance: pounds(1000n) });
      const known: Payment[] = [];
      for (let n = 0; n < 3; n += 1) known.push(await authorised(accountId, 200n));

      await Promise.allSettled(
        actions.map(async ({ kind, amountMinor, whole, payment }, n) => {
          const { paymentId } = known[payment % known.length]!;
          const part = { paymentId, ...(whole ? {} : { amountMinor }) };
          if (kind === 'authorise') return authorised(accountId, amountMinor);
          if (kind === 'deposit')
            return payments.deposit({ accountId, amount: pounds(amountMinor), reference: `${n % 3}` });
          if (kind === 'capture') return payments.capture({ paymentId });
          if (kind === 'voidHeld') return payments.voidHeld({ paymentIds: known.map((each) => each.paymentId) });
          return payments[kind as 'void' | 'refund' | 'reinstate'](part);
        }),
      );

      expect(await rows(DISCREPANCIES)).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test('a payment that is authorised costs one statement', async () => {
  const accountId = await anAccount(payments, { accountId: 'ONE', balance: pounds(1000n) });
  const authorise = () =>
    payments.authorise({ orderId: 'one', method: { type: 'account', accountId }, amount: pounds(1n) });

  expect(await statementsOf(modules, 'payments', authorise)).toHaveLength(1);
});

test('an entry of the ledger can be neither changed nor removed', async () => {
  await anAccount(payments, { accountId: 'KEPT' });

  await expect(rows('UPDATE payments.entry SET amount_minor = 1')).rejects.toThrow('is a ledger');
  await expect(rows('DELETE FROM payments.entry')).rejects.toThrow('is a ledger');
});

async function authorised(accountId: string, amountMinor: bigint): Promise<Payment> {
  const { paymentId } = await payments.authorise({
    orderId: `order of ${accountId}`,
    method: { type: 'account', accountId },
    amount: pounds(amountMinor),
  });
  return payments.getPayment({ paymentId });
}
