import { CatalogModule } from '@shop/catalog/local';
import { CatalogModule as byPath } from '../src/local.js';

export const own = [CatalogModule, byPath];
