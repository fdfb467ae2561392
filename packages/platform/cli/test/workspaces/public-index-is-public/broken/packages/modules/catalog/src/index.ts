import { Port } from '@shop/contract';
import type { Repository } from 'typeorm';
import type { ProductRow } from './product.entity.js';
import { describeProduct } from './description.js';

export abstract class Catalog extends Port({ name: 'catalog', version: '1.0.0', operations: {} }) {}

export interface Shelf {
  readonly products: readonly ProductRow[];
}

export type Products = Repository<Shelf>;
export type { ProductRow } from './product.entity.js';
export { CatalogService } from './catalog.service.js';
export const described = describeProduct;
