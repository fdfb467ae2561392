import { defineModule, RemoteModule } from '@macrolith/core';
import type { Type } from '@nestjs/common';
import { Catalog, CatalogModule } from '../checkout/modules/catalog.js';
import { Inventory, InventoryModule } from '../checkout/modules/inventory.js';
import { Payments, PaymentsModule } from '../checkout/modules/payments.js';

@RemoteModule(defineModule(Catalog, { owner: 'team-catalog' }))
class RemoteCatalogModule {}

@RemoteModule(defineModule(Inventory, { owner: 'team-warehouse' }))
class RemoteInventoryModule {}

@RemoteModule(defineModule(Payments, { owner: 'team-payments' }))
class RemotePaymentsModule {}

/** The modules that an order goes through, where they live here and where they live elsewhere. */
export const DEPARTMENTS = {
  payments: { local: PaymentsModule, remote: RemotePaymentsModule },
  inventory: { local: InventoryModule, remote: RemoteInventoryModule },
  catalog: { local: CatalogModule, remote: RemoteCatalogModule },
} as const satisfies Record<string, { readonly local: Type; readonly remote: Type }>;

export type Department = keyof typeof DEPARTMENTS;

/** Each of them, here or elsewhere. */
export function departmentsWith(elsewhere: readonly Department[]): Type[] {
  return (Object.keys(DEPARTMENTS) as Department[]).map((name) => {
    const { local, remote } = DEPARTMENTS[name];
    return elsewhere.includes(name) ? remote : local;
  });
}
