import { RefusedByShop } from './refused-by-shop.js';
import type { ShopClient } from './shop-client.js';

/** An amount on the wire. */
interface WireMoney {
  readonly amountMinor: string;
  readonly currency: string;
}

interface Product {
  readonly productId: string;
  readonly price: WireMoney;
}

/** An article, and what it shall cost. */
interface Offer {
  readonly productId: string;
  readonly name: string;
  readonly price: WireMoney;
}

/** Product ids in one request: fifty of the longest fit into a URL. */
const PAGE = 50;

/** What the articles cost in the shop, as far as this import has read or set it. */
export class PriceList {
  private readonly prices = new Map<string, WireMoney>();

  constructor(private readonly client: ShopClient) {}

  /** Reads the prices of those that the shop has. */
  async learn(productIds: readonly string[]): Promise<void> {
    for (let start = 0; start < productIds.length; start += PAGE) {
      const query = new URLSearchParams([
        ['limit', `${PAGE}`],
        ['includeDiscontinued', 'true'],
        ...productIds.slice(start, start + PAGE).map((productId): [string, string] => ['productIds', productId]),
      ]);
      const { items } = (await this.client.get(`/api/catalog/products?${query}`)) as { items: Product[] };
      for (const { productId, price } of items) this.prices.set(productId, price);
    }
  }

  /** Puts an article on sale at a price, unless it is. */
  async offer({ productId, name, price }: Offer): Promise<void> {
    const current = this.prices.get(productId);
    if (current?.amountMinor === price.amountMinor && current.currency === price.currency) return;
    const added = current === undefined && (await this.add({ productId, name, price }));
    if (!added) await this.client.put(`/api/catalog/products/${encodeURIComponent(productId)}/price`, { price });
    this.prices.set(productId, price);
  }

  private async add(offer: Offer): Promise<boolean> {
    try {
      await this.client.post('/api/catalog/products', offer);
      return true;
    } catch (error) {
      if (error instanceof RefusedByShop && error.code === 'catalog.product-exists') return false;
      throw error;
    }
  }
}
