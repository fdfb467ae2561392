import { command, type InputOf, Port, z } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import { OutOfStock, StockRow, StockStore } from '../stores/stock-store.js';
import { CreateInventory1764547200000 } from './tables.js';

export const StockLine = z.object({ productId: z.int(), quantity: z.int().min(1) });
const StockLines = z.object({ lines: z.array(StockLine) });

export abstract class Inventory extends Port({
  name: 'inventory',
  version: '1.0.0',
  operations: {
    reserve: command({ input: StockLines, errors: [OutOfStock] }),
    release: command({ input: StockLines }),
  },
}) {}

@Injectable()
export class InventoryService implements Inventory {
  constructor(private readonly stock: StockStore) {}

  reserve({ lines }: InputOf<Inventory['reserve']>): Promise<void> {
    return this.stock.take(lines);
  }

  release({ lines }: InputOf<Inventory['release']>): Promise<void> {
    return this.stock.giveBack(lines);
  }
}

@LocalModule(defineModule(Inventory, { owner: 'team-warehouse' }), {
  provider: InventoryService,
  providers: [StockStore],
  features: [database({ entities: [StockRow], migrations: [CreateInventory1764547200000] })],
})
export class InventoryModule {}
