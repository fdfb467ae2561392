import { ImportProblem } from '../import-problem.js';
import type { OrderPart, PartLine } from '../replay/order-parts.js';
import { totalMinor } from '../replay/order-parts.js';
import type { CancellationPart } from '../replay/sold-pieces.js';
import type { Answer, Problem, ShopClient } from './shop-client.js';

interface Product {
  readonly productId: string;
  readonly price: { readonly amountMinor: string; readonly currency: string };
}
interface OrderSummary {
  readonly orderId: string;
}
interface Order extends OrderSummary {
  readonly cancellations: readonly { readonly reason?: string }[];
}

const CURRENCY = 'GBP';
const CONCURRENCY = 8;

/** What the import asks of the shop, in the words of the import. Every method may be called again with the same result. */
export class Shop {
  private readonly prices = new Map<string, bigint>();
  private readonly accounts = new Set<string>();

  constructor(private readonly client: ShopClient) {}

  async findOrder(reference: string): Promise<string | undefined> {
    const page = must(
      await this.client.get<{ items: OrderSummary[] }>(`/api/orders/orders?reference=${encodeURIComponent(reference)}`),
    );
    return page.items[0]?.orderId;
  }

  /** Puts every article of the part on sale at its price, and into stock. */
  async supply({ reference, lines }: OrderPart): Promise<void> {
    await inParallel(lines, async (line) => {
      await this.offer(line);
      const receipt = `retail:${reference}:${line.productId}`;
      const body = { productId: line.productId, quantity: line.quantity, reference: receipt };
      must(await this.client.post('/api/inventory/receipts', body, receipt));
    });
  }

  /** Gives the customer's account what the part costs. */
  async fund(customer: string, part: OrderPart): Promise<string> {
    const accountId = `retail-${customer}`;
    if (!this.accounts.has(accountId)) {
      const opened = await this.client.post(
        '/api/payments/accounts',
        { accountId, currency: CURRENCY },
        `retail:${accountId}`,
      );
      mayExist(opened);
      this.accounts.add(accountId);
    }
    const reference = `retail:${part.reference}`;
    const amount = { amountMinor: totalMinor(part).toString(), currency: CURRENCY };
    must(
      await this.client.post(
        `/api/payments/accounts/${accountId}/deposits`,
        { amount, reference },
        `deposit:${reference}`,
      ),
    );
    return accountId;
  }

  async place(customer: string, accountId: string, { reference, lines }: OrderPart): Promise<Answer<OrderSummary>> {
    const body = {
      customerId: customer,
      accountId,
      reference,
      lines: lines.map(({ productId, quantity }) => ({ productId, quantity })),
    };
    return this.client.post('/api/orders/orders', body, `retail:${reference}`);
  }

  async cancel(invoice: string, { orderId, lines }: CancellationPart): Promise<Problem | undefined> {
    const reason = `Retail cancellation ${invoice}`;
    const order = must(await this.client.get<Order>(`/api/orders/orders/${orderId}`));
    if (order.cancellations.some((cancellation) => cancellation.reason === reason)) return undefined;
    const answer = await this.client.post(
      `/api/orders/orders/${orderId}/cancel`,
      { lines, reason },
      `retail:${invoice}:${orderId}`,
    );
    return answer.ok ? undefined : answer.problem;
  }

  private async offer({ productId, name, priceMinor }: PartLine): Promise<void> {
    if ((await this.priceOf(productId)) === priceMinor) return;
    const price = { amountMinor: priceMinor.toString(), currency: CURRENCY };
    if (this.prices.has(productId)) {
      must(await this.client.put(`/api/catalog/products/${encodeURIComponent(productId)}/price`, { price }));
    } else {
      mayExist(await this.client.post('/api/catalog/products', { productId, name, price }, `retail:${productId}`));
    }
    this.prices.set(productId, priceMinor);
  }

  private async priceOf(productId: string): Promise<bigint | undefined> {
    const known = this.prices.get(productId);
    if (known !== undefined) return known;
    const answer = await this.client.get<Product>(`/api/catalog/products/${encodeURIComponent(productId)}`);
    if (!answer.ok && answer.problem.status === 404) return undefined;
    const price = BigInt(must(answer).price.amountMinor);
    this.prices.set(productId, price);
    return price;
  }
}

function must<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.body;
  const { status, code, detail } = answer.problem;
  throw new ImportProblem(`The shop refused what the import needs: ${detail} (${status}, ${code})`);
}

function mayExist(answer: Answer<unknown>): void {
  if (!answer.ok && answer.problem.status === 409) return;
  must(answer);
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, items.length) }, lane));
}
