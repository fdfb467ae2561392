import { Port } from '@shop/contract';
import type { Product } from './product.js';

export abstract class Catalog extends Port({ name: 'catalog', version: '1.0.0', operations: {} }) {}

export type { Product } from './product.js';
export type Shelf = readonly Product[];
