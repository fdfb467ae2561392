/** The catalog in this process, on PostgreSQL. */
import { LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { outbox } from '@macrolith/events';
import { CatalogService } from './catalog.service.js';
import { catalog } from './manifest.js';
import { CreateProduct1764547200000 } from './migrations/1764547200000-create-product.js';
import { ProductRow } from './product.entity.js';

@LocalModule(catalog, {
  provider: CatalogService,
  features: [database({ entities: [ProductRow], migrations: [CreateProduct1764547200000] }), outbox()],
})
export class CatalogModule {}
