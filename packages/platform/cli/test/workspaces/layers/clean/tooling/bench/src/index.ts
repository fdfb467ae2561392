import { CatalogModule } from '@shop/catalog/local';

export const measured = CatalogModule;
