import { type InputOf, Port, query, z } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import { type Price, ProductRow, ProductStore } from '../stores/product-store.js';
import { CreateCatalog1764547200000 } from './tables.js';

export const PriceOf = z.object({ productId: z.int(), priceCents: z.int() });

export abstract class Catalog extends Port({
  name: 'catalog',
  version: '1.0.0',
  operations: {
    quote: query({ input: z.object({ productIds: z.array(z.int()) }), output: z.array(PriceOf) }),
  },
}) {}

@Injectable()
export class CatalogService implements Catalog {
  constructor(private readonly products: ProductStore) {}

  quote({ productIds }: InputOf<Catalog['quote']>): Promise<Price[]> {
    return this.products.prices(productIds);
  }
}

@LocalModule(defineModule(Catalog, { owner: 'team-shelf' }), {
  provider: CatalogService,
  providers: [ProductStore],
  features: [database({ entities: [ProductRow], migrations: [CreateCatalog1764547200000] })],
})
export class CatalogModule {}
