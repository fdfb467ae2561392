import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PaymentStatus } from './index.js';
import { openHoldMinor, type PaymentAction, type PaymentState, transition } from './payment-transition.js';

const STATES: Record<PaymentStatus, PaymentState> = {
  authorising: state('authorising', { authorised: 100n }),
  declined: state('declined', { authorised: 100n }),
  authorised: state('authorised', { authorised: 100n }),
  captured: state('captured', { authorised: 100n, captured: 100n }),
  voided: state('voided', { authorised: 100n, voided: 100n }),
  refunded: state('refunded', { authorised: 100n, captured: 100n, refunded: 100n }),
};

const ALLOWED: [PaymentStatus, PaymentAction, PaymentStatus][] = [
  ['authorised', 'capture', 'captured'],
  ['authorised', 'void', 'voided'],
  ['authorised', 'reinstate', 'authorised'],
  ['voided', 'reinstate', 'authorised'],
  ['captured', 'refund', 'refunded'],
];
const ACTIONS: PaymentAction[] = ['capture', 'void', 'refund', 'reinstate'];
const REFUSED = (Object.keys(STATES) as PaymentStatus[]).flatMap((status) =>
  ACTIONS.filter((action) => !ALLOWED.some(([from, by]) => from === status && by === action)).map(
    (action) => [status, action] as const,
  ),
);

test.each(ALLOWED)('%s: %s leads to %s', (status, action, next) => {
  expect(transition(STATES[status], action)).toMatchObject({ next: { status: next } });
});

test.each(REFUSED)('%s: %s is refused', (status, action) => {
  expect(transition(STATES[status], action)).toEqual({ refused: 'state' });
});

describe('amounts', () => {
  test('a capture takes what is held from hold and balance', () => {
    const partlyVoided = state('authorised', { authorised: 100n, voided: 30n });

    expect(transition(partlyVoided, 'capture')).toEqual({
      next: { ...partlyVoided, status: 'captured', capturedMinor: 70n },
      heldDeltaMinor: -70n,
      balanceDeltaMinor: -70n,
    });
  });

  test('a part that is voided is held no longer, and the payment goes on', () => {
    expect(transition(STATES.authorised, 'void', 30n)).toEqual({
      next: { ...STATES.authorised, voidedMinor: 30n },
      heldDeltaMinor: -30n,
      balanceDeltaMinor: 0n,
    });
  });

  test('a payment of which every part was voided goes on with nothing, and can be captured', () => {
    const emptied = transition(STATES.authorised, 'void', 100n);

    expect(emptied).toMatchObject({ next: { status: 'authorised' } });
    expect(transition((emptied as { next: PaymentState }).next, 'capture')).toMatchObject({
      next: { status: 'captured', capturedMinor: 0n },
      balanceDeltaMinor: 0n,
    });
  });

  test('what was given back in parts is not given back again', () => {
    const partlyRefunded = state('captured', { authorised: 100n, captured: 100n, refunded: 40n });

    expect(transition(partlyRefunded, 'refund')).toMatchObject({
      next: { status: 'refunded' },
      balanceDeltaMinor: 60n,
    });
    expect(transition(partlyRefunded, 'refund', 61n)).toEqual({
      refused: 'amount',
      requestedMinor: 61n,
      possibleMinor: 60n,
    });
  });

  test('a void is taken back to the penny', () => {
    const voided = transition(STATES.authorised, 'void') as { next: PaymentState };

    expect(transition(voided.next, 'reinstate', 100n)).toEqual({
      next: STATES.authorised,
      heldDeltaMinor: 100n,
      balanceDeltaMinor: 0n,
    });
  });
});

test('whatever is done to a payment, the account follows: holds and ledger add up', () => {
  const step = fc.record({
    action: fc.constantFrom(...ACTIONS),
    part: fc.option(fc.bigInt(0n, 120n), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.bigInt(0n, 100n), fc.array(step, { maxLength: 12 }), (authorised, steps) => {
      let payment = state('authorised', { authorised });
      let held = authorised;
      let taken = 0n;
      for (const { action, part } of steps) {
        const outcome = transition(payment, action, part);
        if ('refused' in outcome) continue;
        payment = outcome.next;
        held += outcome.heldDeltaMinor;
        taken -= outcome.balanceDeltaMinor;
      }
      expect(held).toBe(openHoldMinor(payment));
      expect(taken).toBe(payment.capturedMinor - payment.refundedMinor);
      expect(taken >= 0n && taken + held <= authorised).toBe(true);
    }),
  );
});

function state(
  status: PaymentStatus,
  amounts: { authorised: bigint; voided?: bigint; captured?: bigint; refunded?: bigint },
): PaymentState {
  return {
    status,
    authorisedMinor: amounts.authorised,
    voidedMinor: amounts.voided ?? 0n,
    capturedMinor: amounts.captured ?? 0n,
    refundedMinor: amounts.refunded ?? 0n,
  };
}
