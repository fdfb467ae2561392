import { api, customElement, html, MlElement, nothing, property, Resource } from '@macrolith/ui';
import { effectiveAmount, type Payment, paidBy, paymentSettlement, paymentStatus } from './payment.js';

/** What became of an order's money, on the order's page. */
@customElement('payments-order-payment')
export class OrderPayment extends MlElement {
  /** `version` changes whenever the order does. */
  @property({ attribute: false }) context!: { readonly paymentId?: string; readonly version: string };

  private readonly payment = new Resource(this, {
    args: () => [this.context.paymentId, this.context.version] as const,
    load: async ([paymentId], { signal }) =>
      paymentId === undefined ? undefined : api.get<Payment>(`/api/payments/payments/${paymentId}`, { signal }),
  });

  override render() {
    return this.payment.view((payment) => (payment === undefined ? nothing : this.#card(payment)));
  }

  #card(payment: Payment) {
    const facts = [
      { label: 'State', value: paymentStatus(payment) },
      { label: 'Amount', value: html`<ml-money .value=${effectiveAmount(payment)}></ml-money>` },
      { label: 'Paid by', value: paidBy(payment) },
      ...(payment.settlement === undefined ? [] : [{ label: 'Card network', value: paymentSettlement(payment) }]),
    ];
    return html`<ml-card heading="Payment"><ml-facts .facts=${facts}></ml-facts></ml-card>`;
  }
}
