import type { Turn } from '../replay/article-turns.js';
import { type OrderPart, totalMinor } from '../replay/order-parts.js';
import type { CancellationPart } from '../replay/sold-pieces.js';
import { inLanes } from './lanes.js';
import { PriceList } from './price-list.js';
import { RefusedByShop } from './refused-by-shop.js';
import type { ShopClient } from './shop-client.js';

interface WireMoney {
  readonly amountMinor: string;
}

/** The parts of the shop's order that the import reads. */
interface WireOrder {
  readonly orderId: string;
  readonly lines: readonly { readonly quantity: number; readonly unitPrice: WireMoney }[];
  readonly cancellations: readonly { readonly reason?: string; readonly amount: WireMoney }[];
}

/** Who orders, pays, and where the goods go. */
export interface Buyer {
  readonly customer: string;
  readonly accountId: string;
  readonly country: string | undefined;
}

/** An order that stands in the shop. */
export interface PlacedOrder {
  readonly orderId: string;
  /** Pence, as the shop priced it; without regard to what was cancelled since. */
  readonly orderedMinor: bigint;
}

const CURRENCY = 'GBP';

/** What the import asks of the shop, in the words of the import. Every method may be called again with the same result. */
export class Shop {
  private readonly priceList: PriceList;
  /** Accounts that are open or being opened, by customer. */
  private readonly accounts = new Map<string, Promise<string>>();

  constructor(private readonly client: ShopClient) {
    this.priceList = new PriceList(client);
  }

  learnPrices(productIds: readonly string[]): Promise<void> {
    return this.priceList.learn(productIds);
  }

  /** The order that an earlier run placed. */
  async findOrder(reference: string): Promise<PlacedOrder | undefined> {
    const page = await this.client.get(`/api/orders/orders?reference=${encodeURIComponent(reference)}`);
    const [found] = (page as { items: WireOrder[] }).items;
    return found === undefined ? undefined : placedOrder(await this.read(found.orderId));
  }

  /** Receives the goods of the part, each article in its turn. */
  async stockUp({ reference, lines }: OrderPart, turn: Turn): Promise<void> {
    await inLanes(lines, async ({ productId, quantity }) => {
      await turn.of(productId);
      await this.client.post('/api/inventory/receipts', {
        productId,
        quantity,
        reference: `retail:${reference}:${productId}`,
      });
    });
  }

  /** Pays what the part costs into the customer's account. Answers the account. */
  async fund(customer: string, part: OrderPart): Promise<string> {
    const accountId = await this.account(customer);
    await this.client.post(`/api/payments/accounts/${encodeURIComponent(accountId)}/deposits`, {
      amount: pounds(totalMinor(part)),
      reference: `retail:${part.reference}`,
    });
    return accountId;
  }

  /** Puts every article of the part on sale at its price. */
  async offer({ lines }: OrderPart): Promise<void> {
    await inLanes(lines, ({ productId, name, priceMinor }) =>
      this.priceList.offer({ productId, name, price: pounds(priceMinor) }),
    );
  }

  async place({ customer, accountId, country }: Buyer, { reference, lines }: OrderPart): Promise<PlacedOrder> {
    const body = {
      customerId: customer,
      accountId,
      ...(country === undefined ? {} : { country }),
      reference,
      lines: lines.map(({ productId, quantity }) => ({ productId, quantity })),
    };
    return placedOrder((await this.client.post('/api/orders/orders', body, `retail:${reference}`)) as WireOrder);
  }

  /** Takes pieces of an order back, unless an earlier run has. */
  async cancel(
    invoice: string,
    { orderId, lines }: CancellationPart,
  ): Promise<{ readonly amountMinor: bigint; readonly before: boolean }> {
    const reason = `Retail cancellation ${invoice}`;
    const earlier = cancelledMinor(await this.read(orderId), reason);
    if (earlier !== undefined) return { amountMinor: earlier, before: true };
    const path = `/api/orders/orders/${orderId}/cancel`;
    const order = await this.client.post(path, { lines, reason }, `retail:${invoice}:${orderId}`);
    return { amountMinor: cancelledMinor(order as WireOrder, reason) ?? 0n, before: false };
  }

  private async read(orderId: string): Promise<WireOrder> {
    return (await this.client.get(`/api/orders/orders/${orderId}`)) as WireOrder;
  }

  private account(customer: string): Promise<string> {
    const known = this.accounts.get(customer);
    if (known !== undefined) return known;
    const opened = this.openAccount(`retail-${customer}`);
    this.accounts.set(customer, opened);
    return opened;
  }

  private async openAccount(accountId: string): Promise<string> {
    try {
      await this.client.post('/api/payments/accounts', { accountId, currency: CURRENCY });
    } catch (error) {
      if (!(error instanceof RefusedByShop && error.code === 'payments.account-exists')) throw error;
    }
    return accountId;
  }
}

function pounds(amountMinor: bigint): { amountMinor: string; currency: string } {
  return { amountMinor: amountMinor.toString(), currency: CURRENCY };
}

function placedOrder({ orderId, lines }: WireOrder): PlacedOrder {
  const amounts = lines.map(({ quantity, unitPrice }) => BigInt(quantity) * BigInt(unitPrice.amountMinor));
  return { orderId, orderedMinor: amounts.reduce((sum, amount) => sum + amount, 0n) };
}

function cancelledMinor({ cancellations }: WireOrder, reason: string): bigint | undefined {
  const cancellation = cancellations.find((each) => each.reason === reason);
  return cancellation === undefined ? undefined : BigInt(cancellation.amount.amountMinor);
}
