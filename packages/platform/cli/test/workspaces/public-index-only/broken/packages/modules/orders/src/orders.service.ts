import { Catalog } from '@shop/catalog';
import { product } from '@shop/catalog/src/product.js';
import type { product as asType } from '../../catalog/src/product.js';

export { product as passedOn } from '@shop/catalog/dist/product.js';

export async function late(): Promise<typeof import('../../catalog/src/local.js')> {
  return import('../../catalog/src/local.js');
}

export const page = import.meta.resolve('@shop/catalog/ui/index.js');
export const seen = [Catalog, product, undefined as unknown as typeof asType];
