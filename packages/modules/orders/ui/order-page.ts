import {
  api,
  type Column,
  confirm,
  css,
  customElement,
  describeError,
  formatMoney,
  html,
  MlPage,
  nothing,
  pageStyles,
  path,
  Resource,
  state,
  toast,
} from '@macrolith/ui';
import './fulfilment-progress.js';
import './timeline.js';
import { type Order, type OrderLine, orderName, orderStatus, orderUrl, piecesLeft, storyPage } from './order.js';
import { Watch } from './watch.js';

/** One order: what was ordered, what became of it, and what can be done with it. */
@customElement('orders-order-page')
export class OrderPage extends MlPage {
  static override styles = [
    pageStyles,
    css`
      .total {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--ml-space-4);
        font-size: var(--ml-text-l);
        font-weight: 600;
      }
    `,
  ];

  @state() private isRunning = false;
  /** How often the automatic fulfilment moved on while the page was open. */
  @state() private moves = 0;

  private readonly order = new Resource(this, {
    args: () => [this.params.orderId ?? ''] as const,
    load: async ([orderId], { signal }) => {
      const order = await api.get<Order>(orderUrl(orderId), { signal });
      this.pageTitle = `Order ${orderName(order)}`;
      return order;
    },
  });

  protected readonly watch = new Watch(this, {
    isWanted: () => this.order.value?.status === 'pending',
    look: () => this.order.reload(),
  });

  override render() {
    return this.order.view((order) => this.#page(order));
  }

  #page(order: Order) {
    const { orderId, paymentId, reservationId, total } = order;
    const version = `${order.status} ${order.cancellations.length} ${this.moves}`;
    return html`
      <ml-page-header heading="Order ${orderName(order)}" back-href="/orders" back-label="Orders">
        <span slot="status">${orderStatus(order)}</span>
        ${this.#actions(order)}
      </ml-page-header>
      <div class="split">
        <div class="stack">
          <ml-table label="Lines of the order" .columns=${this.#columns(order)} .rows=${order.lines}></ml-table>
          <ml-card>
            <div class="total"><span>Total</span><ml-money .value=${total}></ml-money></div>
          </ml-card>
          ${this.#fulfilment(order)}
          <ml-card heading="What happened">
            <wa-button slot="actions" size="s" appearance="plain" href=${storyPage(orderId)}>The whole story</wa-button>
            <orders-timeline .order=${order}></orders-timeline>
          </ml-card>
        </div>
        <div class="stack">
          <ml-card heading="Details"><ml-facts .facts=${facts(order)}></ml-facts></ml-card>
          <ml-slot name="orders.order-facts" .context=${{ orderId, paymentId, reservationId, version }}></ml-slot>
        </div>
      </div>
    `;
  }

  #fulfilment(order: Order) {
    if (order.fulfilment !== 'automatic') return nothing;
    return html`<ml-card heading="Automatic fulfilment">
      <orders-fulfilment-progress .order=${order} @orders-moved-on=${this.#moveOn}></orders-fulfilment-progress>
    </ml-card>`;
  }

  #moveOn = () => {
    this.moves += 1;
    void this.order.reload();
  };

  #actions(order: Order) {
    if (order.status !== 'placed' && order.status !== 'fulfilled') return nothing;
    const fulfilled = order.status === 'fulfilled';
    return html`
      <wa-button
        slot="actions"
        variant="danger"
        appearance="outlined"
        ?disabled=${this.isRunning}
        @click=${() => void this.#cancel(order)}
      >
        ${fulfilled ? 'Refund the order' : 'Cancel the order'}
      </wa-button>
      ${
        fulfilled || order.fulfilment === 'automatic'
          ? nothing
          : html`<wa-button slot="actions" variant="brand" ?loading=${this.isRunning} @click=${() => void this.#fulfil(order)}>
              <wa-icon slot="start" name="truck"></wa-icon>Fulfil
            </wa-button>`
      }
    `;
  }

  #columns(order: Order): readonly Column<OrderLine>[] {
    const isOpen = order.status === 'fulfilled' || (order.status === 'placed' && order.fulfilment === 'manual');
    const columns: Column<OrderLine>[] = [
      { label: 'Product', value: productCell, grow: true },
      { label: 'Code', value: ({ productId }) => html`<span class="code">${productId}</span>`, secondary: true },
      { label: 'Pieces', value: piecesCell, align: 'end' },
      { label: 'Each', value: ({ unitPrice }) => html`<ml-money .value=${unitPrice}></ml-money>`, align: 'end' },
      { label: 'Total', value: ({ total }) => html`<ml-money .value=${total}></ml-money>`, align: 'end' },
    ];
    if (!isOpen || order.lines.length < 2) return columns;
    return [...columns, { label: 'Cancel', value: (line) => this.#cancelLineButton(order, line), align: 'end' }];
  }

  #cancelLineButton(order: Order, line: OrderLine) {
    if (piecesLeft(line) === 0) return nothing;
    return html`<wa-button
      size="s"
      appearance="plain"
      ?disabled=${this.isRunning}
      @click=${() => void this.#cancel(order, line)}
    >
      <wa-icon name="x" label="Cancel ${line.name}"></wa-icon>
    </wa-button>`;
  }

  async #fulfil({ orderId, total, card }: Order): Promise<void> {
    const confirmed = await confirm({
      heading: 'Fulfil this order?',
      message: `The goods leave the house, and ${formatMoney(total)} is taken from the ${card === undefined ? 'account' : 'card'}.`,
      confirmLabel: 'Fulfil',
    });
    if (confirmed) await this.#run(orderUrl(orderId, '/fulfil'), {}, 'The order is fulfilled.');
  }

  async #cancel(order: Order, line?: OrderLine): Promise<void> {
    const fulfilled = order.status === 'fulfilled';
    const payer = order.card === undefined ? 'account' : 'card';
    const what = line === undefined ? 'this order' : `${piecesLeft(line)} × ${line.name}`;
    const amount = formatMoney(line?.total ?? order.total);
    const confirmed = await confirm({
      heading: `${fulfilled ? 'Refund' : 'Cancel'} ${what}?`,
      message: fulfilled
        ? `${amount} goes back to the ${payer}. The goods count again once the warehouse receives them.`
        : `${amount} is no longer held, and the goods are free for others. This cannot be undone.`,
      confirmLabel: fulfilled ? 'Refund' : 'Cancel it',
      tone: 'danger',
    });
    if (!confirmed) return;
    const lines = line === undefined ? undefined : [{ productId: line.productId, quantity: piecesLeft(line) }];
    await this.#run(
      orderUrl(order.orderId, '/cancel'),
      { lines },
      fulfilled ? 'The money is given back.' : 'Cancelled.',
    );
  }

  async #run(url: string, body: object, success: string): Promise<void> {
    this.isRunning = true;
    try {
      await api.post(url, body, { idempotencyKey: true });
      toast({ message: success, tone: 'success' });
    } catch (error) {
      const { heading, detail } = describeError(error);
      toast({ message: `${heading}. ${detail}`, tone: 'danger' });
    } finally {
      this.isRunning = false;
      await this.order.reload();
    }
  }
}

function productCell({ productId, name }: OrderLine) {
  return html`<ml-link href=${path`/catalog/products/${productId}`}>${name}</ml-link>`;
}

function piecesCell(line: OrderLine) {
  const left = piecesLeft(line).toLocaleString();
  if (line.cancelled === 0) return left;
  return html`<span>${left} <span class="quiet">of ${line.quantity.toLocaleString()}</span></span>`;
}

function facts(order: Order) {
  const { customerId, email, country, reference, fulfilment, orderId } = order;
  return [
    { label: 'Customer', value: customerId },
    { label: 'E-mail', value: email ?? 'None given' },
    { label: 'Country', value: country ?? 'None given' },
    { label: 'Own number', value: reference ?? 'None given' },
    { label: 'Fulfilled', value: fulfilment === 'automatic' ? 'Automatically' : 'By hand' },
    { label: 'Id', value: html`<span class="code">${orderId}</span>` },
  ];
}
