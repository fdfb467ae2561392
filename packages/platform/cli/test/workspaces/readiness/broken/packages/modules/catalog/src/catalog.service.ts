import type { Ledger } from '@shop/payments';
import { Catalog } from './index.js';

export class CatalogService implements Catalog {
  constructor(private readonly ledger: Ledger) {}

  async getProduct() {}

  async block() {}
}
