import { bootModule, contractSuite } from '@macrolith/testing';
import { Catalog } from '../src/index.js';
import { CatalogModule } from '../src/local.js';
import { FakeCatalog } from '../src/testing.js';
import { specifyCatalog } from './catalog.contract.js';

contractSuite(Catalog, {
  real: (binding) => bootModule(CatalogModule, { binding }),
  fake: () => new FakeCatalog(),
  specify: specifyCatalog,
});
