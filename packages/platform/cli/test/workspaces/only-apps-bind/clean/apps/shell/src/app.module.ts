import { CatalogModule } from '@shop/catalog/local';

export const imports = [CatalogModule];
