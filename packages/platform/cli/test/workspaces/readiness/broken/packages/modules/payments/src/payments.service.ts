import { Catalog } from '@shop/catalog';
import { Transactional } from '@shop/data';
import { Payments } from './index.js';

export class PaymentsService implements Payments {
  constructor(private readonly catalog: Catalog) {}

  @Transactional()
  async charge() {
    await this.catalog.block({});
  }

  async refund({ products }: { products: string[] }) {
    await Promise.all(products.map((productId) => this.catalog.getProduct({ productId })));
  }

  async getPayment() {}

  async remind() {}
}
