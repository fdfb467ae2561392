import { type Column, html, type Money, nothing, path, type Tone } from '@macrolith/ui';
import { accountPage } from './account.js';

/** A payment as the API sends it. */
export interface Payment {
  readonly paymentId: string;
  readonly orderId: string;
  readonly method:
    | { readonly type: 'account'; readonly accountId: string }
    | { readonly type: 'card'; readonly token: string };
  readonly status: 'authorising' | 'authorised' | 'captured' | 'voided' | 'refunded' | 'declined';
  readonly authorised: Money;
  readonly voided: Money;
  readonly captured: Money;
  readonly refunded: Money;
  /** Of a card: whether the card network has done what was decided. */
  readonly settlement?: 'pending' | 'settled' | 'failed';
  /** ISO 8601. */
  readonly createdAt: string;
}

const STATUSES: Record<Payment['status'], { readonly label: string; readonly tone: Tone }> = {
  authorising: { label: 'Card is being asked', tone: 'warning' },
  declined: { label: 'Declined', tone: 'danger' },
  authorised: { label: 'Held', tone: 'warning' },
  captured: { label: 'Taken', tone: 'success' },
  voided: { label: 'Voided', tone: 'neutral' },
  refunded: { label: 'Given back', tone: 'neutral' },
};

/** What became of the money, as a badge. */
export function paymentStatus({ status }: Payment) {
  const { label, tone } = STATUSES[status];
  return html`<ml-status tone=${tone}>${label}</ml-status>`;
}

const SETTLEMENTS: Record<NonNullable<Payment['settlement']>, { readonly label: string; readonly tone: Tone }> = {
  pending: { label: 'Being settled', tone: 'warning' },
  settled: { label: 'Settled', tone: 'success' },
  failed: { label: 'Refused by the card network', tone: 'danger' },
};

/** How far the card network is, as a badge. Nothing where it was asked for nothing but the amount. */
export function paymentSettlement({ settlement }: Payment) {
  if (settlement === undefined) return nothing;
  const { label, tone } = SETTLEMENTS[settlement];
  return html`<ml-status tone=${tone}>${label}</ml-status>`;
}

/** Who or what pays. */
export function paidBy({ method }: Payment) {
  if (method.type === 'card') return html`Card <span class="code">${method.token}</span>`;
  return html`<ml-link href=${accountPage(method.accountId)}>${method.accountId}</ml-link>`;
}

/** What the payment is about now: what is held, or what was taken and not given back. */
export function effectiveAmount({ status, authorised, voided, captured, refunded }: Payment): Money {
  if (status === 'declined') return { amountMinor: '0', currency: authorised.currency };
  const [gross, less] = status === 'captured' || status === 'refunded' ? [captured, refunded] : [authorised, voided];
  return { amountMinor: (BigInt(gross.amountMinor) - BigInt(less.amountMinor)).toString(), currency: gross.currency };
}

/** A list of payments is read by what they are for. Where the account is clear, who pays is left out. */
export function paymentColumns({ withAccount }: { readonly withAccount: boolean }): readonly Column<Payment>[] {
  const payer: readonly Column<Payment>[] = [
    { label: 'Paid by', value: paidBy },
    { label: 'Card network', value: paymentSettlement, secondary: true },
  ];
  return [
    {
      label: 'Order',
      value: ({ orderId }) =>
        html`<ml-link href=${path`/orders/${orderId}`}><span class="code">${orderId.slice(-12)}</span></ml-link>`,
      grow: true,
    },
    ...(withAccount ? payer : []),
    { label: 'State', value: paymentStatus },
    { label: 'Made', value: ({ createdAt }) => html`<ml-time value=${createdAt}></ml-time>`, secondary: true },
    { label: 'Asked for', value: ({ authorised }) => html`<ml-money .value=${authorised}></ml-money>`, align: 'end' },
    { label: 'Now', value: (payment) => html`<ml-money .value=${effectiveAmount(payment)}></ml-money>`, align: 'end' },
  ];
}
