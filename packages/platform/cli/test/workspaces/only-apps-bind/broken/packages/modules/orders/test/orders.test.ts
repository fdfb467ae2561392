import { FakeCatalog } from '@shop/catalog/testing';
import { CatalogModule } from '@shop/catalog/local';

export const used = [FakeCatalog, CatalogModule];
