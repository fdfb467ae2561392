import { FakeCatalog } from '@shop/catalog/testing';

export const neighbours = [FakeCatalog];
