import { CatalogModule } from '@shop/catalog/local';
import { FakeCatalog } from '@shop/catalog/testing';

export const bound = [CatalogModule, FakeCatalog];
