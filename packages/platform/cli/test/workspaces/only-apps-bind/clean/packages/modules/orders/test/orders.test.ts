import { FakeCatalog } from '@shop/catalog/testing';

export const used = [FakeCatalog];
