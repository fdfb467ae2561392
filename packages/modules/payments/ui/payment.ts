import { type Column, html, type Money, path, type Tone } from '@macrolith/ui';
import { accountPage } from './account.js';

/** A payment as the API sends it. */
export interface Payment {
  readonly paymentId: string;
  readonly orderId: string;
  readonly method: { readonly type: 'account'; readonly accountId: string };
  readonly status: 'authorised' | 'captured' | 'voided' | 'refunded';
  readonly authorised: Money;
  readonly voided: Money;
  readonly captured: Money;
  readonly refunded: Money;
  /** ISO 8601. */
  readonly createdAt: string;
}

const STATUSES: Record<Payment['status'], { readonly label: string; readonly tone: Tone }> = {
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

/** What the payment is about now: what is held, or what was taken and not given back. */
export function effectiveAmount({ status, authorised, voided, captured, refunded }: Payment): Money {
  const [gross, less] = status === 'captured' || status === 'refunded' ? [captured, refunded] : [authorised, voided];
  return { amountMinor: (BigInt(gross.amountMinor) - BigInt(less.amountMinor)).toString(), currency: gross.currency };
}

/** A list of payments is read by what they are for. Where the account is clear, it is left out. */
export function paymentColumns({ withAccount }: { readonly withAccount: boolean }): readonly Column<Payment>[] {
  const account: Column<Payment> = {
    label: 'Account',
    value: ({ method }) => html`<ml-link href=${accountPage(method.accountId)}>${method.accountId}</ml-link>`,
  };
  return [
    {
      label: 'Order',
      value: ({ orderId }) =>
        html`<ml-link href=${path`/orders/${orderId}`}><span class="code">${orderId.slice(-12)}</span></ml-link>`,
      grow: true,
    },
    ...(withAccount ? [account] : []),
    { label: 'State', value: paymentStatus },
    { label: 'Made', value: ({ createdAt }) => html`<ml-time value=${createdAt}></ml-time>`, secondary: true },
    { label: 'Asked for', value: ({ authorised }) => html`<ml-money .value=${authorised}></ml-money>`, align: 'end' },
    { label: 'Now', value: (payment) => html`<ml-money .value=${effectiveAmount(payment)}></ml-money>`, align: 'end' },
  ];
}
