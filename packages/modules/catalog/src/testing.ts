/** A catalog in memory that keeps the same contract, and products to fill it with: for tests of modules that use it. */
import { type InputOf, type OutputOf, pageFrom } from '@macrolith/contract';
import { Catalog, type Product, ProductDiscontinued, ProductExists, ProductNotFound } from './index.js';

/** Input for `addProduct`: a lantern for 3.39 GBP, with `changes` applied. */
export function aProduct(changes: Partial<InputOf<Catalog['addProduct']>> = {}): InputOf<Catalog['addProduct']> {
  return {
    productId: '71053',
    name: 'White metal lantern',
    price: { amountMinor: 339n, currency: 'GBP' },
    ...changes,
  };
}

/** The catalog in memory. It passes the contract suite of the real one; it publishes no events. */
export class FakeCatalog implements Catalog {
  private readonly products = new Map<string, Product>();

  async search(request: InputOf<Catalog['search']>): Promise<OutputOf<Catalog['search']>> {
    const { q = '', productIds, includeDiscontinued = false, cursor = '', limit = 20 } = request;
    const words = q.toLowerCase().split(/\s+/);
    const found = [...this.products.values()]
      .filter((product) => product.active || includeDiscontinued)
      .filter(({ productId, name }) => words.every((word) => `${productId} ${name}`.toLowerCase().includes(word)))
      .filter(({ productId }) => productId > cursor && (productIds?.includes(productId) ?? true))
      .sort((a, b) => (a.productId < b.productId ? -1 : 1));
    return pageFrom(structuredClone(found), limit, (last) => last.productId);
  }

  async getProduct({ productId }: InputOf<Catalog['getProduct']>): Promise<Product> {
    return this.find(productId);
  }

  async quote({ productIds }: InputOf<Catalog['quote']>): Promise<OutputOf<Catalog['quote']>> {
    return productIds.map((productId) => {
      const { name, price } = this.onSale(productId);
      return { productId, name, price };
    });
  }

  async addProduct(product: InputOf<Catalog['addProduct']>): Promise<Product> {
    if (this.products.has(product.productId)) throw new ProductExists({ productId: product.productId });
    return this.put({ ...product, active: true, updatedAt: new Date() });
  }

  async reprice({ productId, price }: InputOf<Catalog['reprice']>): Promise<Product> {
    const product = this.onSale(productId);
    if (price.amountMinor === product.price.amountMinor && price.currency === product.price.currency) return product;
    return this.put({ ...product, price, updatedAt: new Date() });
  }

  async discontinue({ productId }: InputOf<Catalog['discontinue']>): Promise<Product> {
    const product = this.find(productId);
    return product.active ? this.put({ ...product, active: false, updatedAt: new Date() }) : product;
  }

  private find(productId: string): Product {
    const product = this.products.get(productId);
    if (product === undefined) throw new ProductNotFound({ productId });
    return structuredClone(product);
  }

  private onSale(productId: string): Product {
    const product = this.find(productId);
    if (!product.active) throw new ProductDiscontinued({ productId });
    return product;
  }

  private put(product: Product): Product {
    this.products.set(product.productId, structuredClone(product));
    return structuredClone(product);
  }
}
