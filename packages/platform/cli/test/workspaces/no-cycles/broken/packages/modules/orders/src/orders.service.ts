import { Catalog } from '@shop/catalog';

export const used = Catalog;
