import { bootModule, contractSuite } from '@macrolith/testing';
import { Inventory } from '../src/index.js';
import { InventoryModule } from '../src/local.js';
import { FakeInventory } from '../src/testing.js';
import { specifyInventory } from './inventory.contract.js';

contractSuite(Inventory, {
  real: (binding) => bootModule(InventoryModule, { binding }),
  fake: () => new FakeInventory(),
  specify: specifyInventory,
});
