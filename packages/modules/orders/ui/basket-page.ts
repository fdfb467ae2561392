import {
  ApiProblem,
  api,
  css,
  customElement,
  type FormAction,
  formatMoney,
  html,
  MlPage,
  navigate,
  newIdempotencyKey,
  nothing,
  pageStyles,
  Resource,
  repeat,
  state,
  toast,
} from '@macrolith/ui';
import './basket-line.js';
import { type BasketLine, basket } from './basket.js';
import { BasketWatch } from './basket-watch.js';
import { type Order, orderPage } from './order.js';
import { loadPayers, type Payer, payerOf } from './payers.js';
import { atItsField, lineProblem } from './placement-problem.js';
import { type Pricing, priceBasket } from './quotes.js';

interface Checkout {
  readonly customerId: string;
  /** Missing where accounts and cards cannot be read, or nobody has any. */
  readonly payer?: string;
  readonly email?: string;
  readonly country?: string;
  readonly reference?: string;
  readonly automatic?: boolean;
}

/** How often an order that is under way is asked for, each time as long as the server lets a request take. */
const MOST_QUESTIONS = 4;

const CUSTOMER_KEY = 'macrolith.orders.customer';

/** The basket and the checkout in one: what is ordered, what it costs, who pays. */
@customElement('orders-basket-page')
export class BasketPage extends MlPage {
  static override styles = [
    pageStyles,
    css`
      .lines {
        display: grid;
        gap: 0;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .lines li + li {
        border-block-start: 1px solid var(--ml-color-border-quiet);
      }
      .total {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--ml-space-4);
        padding-block-start: var(--ml-space-4);
        border-block-start: 1px solid var(--ml-color-border);
        font-size: var(--ml-text-l);
        font-weight: 600;
      }
    `,
  ];

  /** What the server said about one of the lines. */
  @state() private problem: { readonly productId: string; readonly message: string } | undefined;

  protected readonly watch = new BasketWatch(this);
  #attempt: { readonly text: string; readonly key: string } | undefined;
  readonly #lastCustomer = localStorage.getItem(CUSTOMER_KEY) ?? '';

  private readonly pricing = new Resource(this, {
    // A text, since it is compared by identity: the prices are read again when a product comes or goes.
    args: () =>
      [
        basket
          .lines()
          .map((line) => line.productId)
          .join('\n'),
      ] as const,
    load: ([productIds], { signal }) => priceBasket(productIds === '' ? [] : productIds.split('\n'), signal),
  });

  private readonly payers = new Resource(this, { load: (_, { signal }) => loadPayers(signal) });

  override render() {
    return html`
      <ml-page-header heading="Basket" description="What you are about to order, at the prices of this moment.">
        ${
          basket.lines().length === 0
            ? nothing
            : html`<wa-button slot="actions" appearance="outlined" href="/catalog">Continue shopping</wa-button>`
        }
      </ml-page-header>
      ${basket.lines().length === 0 ? this.#empty() : this.pricing.view((pricing) => this.#checkout(pricing))}
    `;
  }

  #empty() {
    return html`<ml-card>
      <ml-empty icon="shopping-basket" heading="The basket is empty">
        Products go in from their pages in the catalog.
        <wa-button slot="actions" variant="brand" href="/catalog">Look at the catalog</wa-button>
      </ml-empty>
    </ml-card>`;
  }

  #checkout(pricing: Pricing) {
    const cost = costOf(pricing);
    return html`<div class="split">
      <ml-card heading=${countOf(basket.lines().length)}>
        <ul class="lines">
          ${repeat(
            basket.lines(),
            (line) => line.productId,
            (line) => this.#line(line, pricing),
          )}
        </ul>
        <div class="total"><span>Total</span><span class="number">${cost}</span></div>
      </ml-card>
      <ml-card heading="Checkout">
        <ml-form .action=${this.#place} submit-label=${cost === '' ? 'Place the order' : `Place the order for ${cost}`}>
          <ml-field
            name="customerId"
            label="Customer"
            required
            maxlength="64"
            .value=${this.#lastCustomer}
            hint="The number or name of whom you order for."
          ></ml-field>
          ${this.payers.view((payers) => this.#payerField(payers))}
          <ml-field
            name="email"
            label="E-mail"
            type="email"
            maxlength="254"
            hint="Where the news of the order goes."
          ></ml-field>
          <ml-field name="country" label="Country" maxlength="64" hint="Where the goods go."></ml-field>
          <ml-field name="reference" label="Your own order number" maxlength="128"></ml-field>
          <ml-field
            name="automatic"
            label="Fulfil it automatically"
            type="checkbox"
            hint="It is paid, packed and handed to shipping at once, without anybody asking."
          ></ml-field>
        </ml-form>
      </ml-card>
    </div>`;
  }

  #line(line: BasketLine, { quotes, notSold }: Pricing) {
    const { productId } = line;
    return html`<li>
      <orders-basket-line
        .line=${line}
        .quote=${quotes.get(productId)}
        .notSold=${notSold.has(productId)}
        .problem=${this.problem?.productId === productId ? this.problem.message : undefined}
      ></orders-basket-line>
    </li>`;
  }

  #payerField(payers: readonly Payer[]) {
    if (payers.length === 0) {
      return html`<wa-callout variant="warning">
        <wa-icon slot="icon" name="wallet"></wa-icon>
        Nobody can pay. <ml-link href="/payments/open">Open an account</ml-link> and deposit some money first.
      </wa-callout>`;
    }
    return html`<ml-field
      name="payer"
      label="Pay from account or card"
      type="select"
      required
      .options=${payers}
      .value=${payers.length === 1 ? payers[0]!.value : undefined}
    ></ml-field>`;
  }

  #place: FormAction<Checkout> = async ({ payer, automatic, ...checkout }) => {
    this.problem = undefined;
    if (payer === undefined) throw new Error('Nobody pays yet: there is no account and no card to choose from.');
    this.#refuseUnreadableQuantities();
    const fulfilment = automatic === true ? 'automatic' : 'manual';
    const order = await this.#send({ ...checkout, ...payerOf(payer), fulfilment, lines: basket.lines() });
    localStorage.setItem(CUSTOMER_KEY, checkout.customerId);
    basket.clear();
    toast({ message: 'The order is placed.', tone: 'success' });
    navigate(orderPage(order.orderId));
  };

  /** What stands in a field that cannot be read is not what the basket holds. */
  #refuseUnreadableQuantities(): void {
    const lines = [...this.renderRoot.querySelectorAll('orders-basket-line')];
    if (lines.every((line) => line.isReadable)) return;
    throw new Error('One of the lines has no number of pieces that can be ordered.');
  }

  async #send(order: object): Promise<Order> {
    try {
      return await this.#untilPlaced(order);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problem = lineProblem(error);
      throw atItsField(error);
    }
  }

  /** A card network may take its time, and a module in another process be away: the same wish is sent again until its outcome is known. */
  async #untilPlaced(order: object): Promise<Order> {
    for (let questions = 0; questions < MOST_QUESTIONS; questions += 1) {
      const options = { idempotencyKey: this.#keyOf(order) };
      const answer = await api.post<Order | { readonly status: 'pending' }>('/api/orders/orders', order, options);
      if ('orderId' in answer) return answer;
    }
    throw new Error(
      'It is not placed yet, since whoever takes the money has not answered. Press again in a while: the order is not placed twice.',
    );
  }

  /** The same order sent again is the same wish; the form's own key does not know of the basket. */
  #keyOf(order: object): string {
    const text = JSON.stringify(order);
    if (this.#attempt?.text !== text) this.#attempt = { text, key: newIdempotencyKey() };
    return this.#attempt.key;
  }
}

function countOf(lines: number): string {
  return lines === 1 ? '1 product' : `${lines} products`;
}

/** What the basket costs, as text: a sum per currency. Empty while no price is known. */
function costOf({ quotes }: Pricing): string {
  const sums = new Map<string, bigint>();
  for (const { productId, quantity } of basket.lines()) {
    const price = quotes.get(productId)?.price;
    if (price === undefined) continue;
    const cost = BigInt(price.amountMinor) * BigInt(quantity);
    sums.set(price.currency, (sums.get(price.currency) ?? 0n) + cost);
  }
  return [...sums].map(([currency, minor]) => formatMoney({ amountMinor: minor.toString(), currency })).join(' + ');
}
