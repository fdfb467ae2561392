import { Catalog } from '@shop/catalog';
import { Transactional } from '@shop/data';
import { Ledger } from './ledger.js';
import { Payments } from './index.js';

export class PaymentsService implements Payments {
  constructor(
    private readonly catalog: Catalog,
    private readonly ledger: Ledger,
  ) {}

  async charge(input) {
    return this.book(await this.listPayments(input));
  }

  @Transactional()
  private async book(input) {
    await this.ledger.book(input);
  }

  async refund() {}

  async askNetwork() {}

  async listPayments(input) {
    return this.catalog.getProduct(input);
  }

  async remind({ productIds }) {
    for (const productId of productIds) await this.blockOne(productId);
  }

  private async blockOne(productId: string) {
    await this.catalog.block({ productId });
  }
}
