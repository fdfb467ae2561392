import type { Money } from '@macrolith/contract';
import type { Settlement } from '../card/card.js';
import type { NetworkAuthorisation } from '../card/card-network.js';
import type { PaymentStatus } from '../index.js';
import type { Difference } from './reconciliation.js';

/** What the comparison needs to know of a payment. Amounts in minor units of `currency`. */
export interface ComparedPayment {
  readonly paymentId: string;
  readonly orderId: string;
  readonly status: PaymentStatus;
  readonly currency: string;
  readonly authorisedMinor: bigint;
  readonly capturedMinor: bigint;
  readonly refundedMinor: bigint;
  readonly settlement: Settlement | null;
  readonly createdAt: Date;
}

type Charge = NetworkAuthorisation;

/** A charge that no payment of ours stands behind; `undefined` where it holds nothing. */
export function strayCharge(charge: Charge): Difference | undefined {
  const there = amountOf(charge);
  if (there.amountMinor === 0n) return undefined;
  return {
    kind: 'unknown-charge',
    networkId: charge.networkId,
    there,
    since: charge.createdAt,
    // What was only held can be let go; what was taken is given back by people, who find out whose it is.
    mendable: charge.status === 'authorised',
    explanation: `The card network has ${charge.status} an amount for ${charge.reference}, which is no payment here.`,
  };
}

/** How a payment differs from the charges under its name; the first of them that holds anything is taken for its own. */
export function differencesOf(payment: ComparedPayment, charges: readonly Charge[]): Difference[] {
  const holding = charges.filter((charge) => amountOf(charge).amountMinor > 0n);
  const [own = charges[0], ...others] = holding;
  const first = differenceOf(payment, own);
  return [...(first === undefined ? [] : [first]), ...others.map((charge) => doubled(payment, charge))];
}

function differenceOf(payment: ComparedPayment, charge: Charge | undefined): Difference | undefined {
  const there = charge === undefined ? nothingIn(payment.currency) : amountOf(charge);
  const here = wantedOf(payment);
  const about = {
    paymentId: payment.paymentId,
    orderId: payment.orderId,
    ...(charge === undefined ? {} : { networkId: charge.networkId }),
    here,
    there,
    since: payment.createdAt,
  };
  if (payment.status === 'authorising') {
    const explanation = 'The card was asked, and what it answered is not known here.';
    return { ...about, kind: 'unanswered', mendable: true, explanation };
  }
  if (
    here.currency === there.currency &&
    here.amountMinor === there.amountMinor &&
    phaseOf(payment) === phase(charge)
  ) {
    return undefined;
  }
  return { ...about, ...kindOf(payment, charge, here, there) };
}

function kindOf(
  payment: ComparedPayment,
  charge: Charge | undefined,
  here: Money,
  there: Money,
): Pick<Difference, 'kind' | 'mendable' | 'explanation'> {
  const stands = `The payment is ${payment.status} here, and ${charge?.status ?? 'unknown'} at the card network.`;
  // What was decided here and is not done there yet only has to be told again.
  const untold = charge !== undefined && isBehind(payment, charge);
  if (here.amountMinor === 0n) return { kind: 'held-in-vain', mendable: untold, explanation: stands };
  if (there.amountMinor === 0n) return { kind: 'missing-charge', mendable: false, explanation: stands };
  return {
    kind: phaseOf(payment) === phase(charge) ? 'wrong-amount' : 'missing-charge',
    mendable: untold,
    explanation: stands,
  };
}

export function doubled(payment: ComparedPayment, charge: Charge): Difference {
  return {
    kind: 'charged-twice',
    paymentId: payment.paymentId,
    orderId: payment.orderId,
    networkId: charge.networkId,
    there: amountOf(charge),
    since: charge.createdAt,
    mendable: charge.status === 'authorised',
    explanation: 'The card network has another amount for the same payment.',
  };
}

/** Whether the network is where a settlement that is still owed would find it. What it has refused is not owed any more. */
function isBehind({ status, refundedMinor, settlement }: ComparedPayment, charge: Charge): boolean {
  if (settlement === 'failed') return false;
  if (charge.status === 'authorised') return status === 'captured' || status === 'refunded' || status === 'voided';
  return charge.status === 'captured' && refundedMinor > charge.refundedMinor;
}

/** What we want the network to hold or to have taken. A part that was voided is let go with the capture. */
function wantedOf({ status, currency, authorisedMinor, capturedMinor, refundedMinor }: ComparedPayment): Money {
  const wanted: Record<PaymentStatus, bigint> = {
    authorising: 0n,
    authorised: authorisedMinor,
    captured: capturedMinor - refundedMinor,
    refunded: 0n,
    voided: 0n,
    declined: 0n,
  };
  return { amountMinor: wanted[status], currency };
}

function amountOf({ status, currency, authorisedMinor, capturedMinor, refundedMinor }: Charge): Money {
  const amounts: Record<Charge['status'], bigint> = {
    authorised: authorisedMinor,
    captured: capturedMinor - refundedMinor,
    voided: 0n,
    declined: 0n,
  };
  return { amountMinor: amounts[status], currency };
}

/** Held, taken, or neither. */
type Phase = 'held' | 'taken' | 'none';

function phaseOf(payment: ComparedPayment): Phase {
  if (wantedOf(payment).amountMinor === 0n) return 'none';
  return payment.status === 'authorised' ? 'held' : 'taken';
}

function phase(charge: Charge | undefined): Phase {
  if (charge === undefined || amountOf(charge).amountMinor === 0n) return 'none';
  return charge.status === 'authorised' ? 'held' : 'taken';
}

function nothingIn(currency: string): Money {
  return { amountMinor: 0n, currency };
}
