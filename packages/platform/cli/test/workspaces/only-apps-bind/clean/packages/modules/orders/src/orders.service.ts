import { Catalog } from '@shop/catalog';

export const port = Catalog;
