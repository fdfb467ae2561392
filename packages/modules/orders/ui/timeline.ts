import { css, customElement, html, type IconName, MlElement, type Money, nothing, property } from '@macrolith/ui';
import type { Order } from './order.js';

interface Moment {
  readonly icon: IconName;
  readonly label: string;
  readonly at: string;
  readonly amount?: Money;
  readonly detail?: string;
}

/** What happened to an order, in the order in which it happened. */
@customElement('orders-timeline')
export class Timeline extends MlElement {
  static override styles = css`
    ol {
      display: grid;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: 2rem minmax(0, 1fr);
      column-gap: var(--ml-space-3);
      padding-block-end: var(--ml-space-4);
      position: relative;
    }
    li:last-child {
      padding-block-end: 0;
    }
    li:not(:last-child)::before {
      content: '';
      position: absolute;
      inset-block: 2rem 0;
      inset-inline-start: calc(1rem - 0.5px);
      border-inline-start: 1px solid var(--ml-color-border);
    }
    .icon {
      display: grid;
      place-items: center;
      width: 2rem;
      height: 2rem;
      border-radius: 50%;
      background: var(--ml-color-sunken);
      color: var(--ml-color-text-quiet);
    }
    .what {
      display: grid;
      gap: 2px;
      padding-block-start: 0.25rem;
      overflow-wrap: anywhere;
    }
    strong {
      font-weight: 550;
    }
    .quiet {
      font-size: var(--ml-text-s);
      color: var(--ml-color-text-quiet);
    }
  `;

  @property({ attribute: false }) order!: Order;

  override render() {
    return html`<ol>${momentsOf(this.order).map((moment) => this.#moment(moment))}</ol>`;
  }

  #moment({ icon, label, at, amount, detail }: Moment) {
    return html`<li>
      <span class="icon"><wa-icon name=${icon}></wa-icon></span>
      <span class="what">
        <strong>${label}</strong>
        ${detail === undefined ? nothing : html`<span>${detail}</span>`}
        <span class="quiet">
          <ml-time value=${at}></ml-time>${amount === undefined ? nothing : html` · <ml-money .value=${amount}></ml-money>`}
        </span>
      </span>
    </li>`;
  }
}

function beingPlaced(at: string): Moment {
  const detail = 'Not all that it needs has answered. It goes on by itself.';
  return { icon: 'clock', label: 'Being placed', at, detail };
}

function momentsOf(order: Order): Moment[] {
  const { status, placedAt, fulfilledAt, fulfilment, cancellations, lines } = order;
  const names = new Map(lines.map((line) => [line.productId, line.name]));
  const moments: Moment[] = [
    status === 'pending' ? beingPlaced(placedAt) : { icon: 'shopping-basket', label: 'Placed', at: placedAt },
  ];
  const fulfilled = fulfilment === 'automatic' ? 'Handed to shipping, paid' : 'Left the house, paid';
  if (fulfilledAt !== undefined) moments.push({ icon: 'truck', label: fulfilled, at: fulfilledAt });
  for (const { cancelledAt, amount, reason, lines: struck } of cancellations) {
    const named = struck.map(({ productId, quantity }) => `${quantity} × ${names.get(productId) ?? productId}`);
    moments.push({
      icon: 'undo',
      label: `Cancelled: ${named.slice(0, 3).join(', ')}${named.length > 3 ? ` and ${named.length - 3} more` : ''}`,
      at: cancelledAt,
      amount,
      ...(reason === undefined ? {} : { detail: `“${reason}”` }),
    });
  }
  return moments.sort((a, b) => a.at.localeCompare(b.at));
}
