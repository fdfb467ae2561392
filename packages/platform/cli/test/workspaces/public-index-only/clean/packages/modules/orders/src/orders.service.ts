import { Catalog } from '@shop/catalog';
import { order } from './order.js';

export const seen = [Catalog, order];
