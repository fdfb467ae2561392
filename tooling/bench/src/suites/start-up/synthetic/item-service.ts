import { Inject, Injectable, type Type } from '@nestjs/common';
import { getRepositoryToken } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import type { Item } from './item.js';

/** What a generated module offers. */
export interface Items {
  getItem(input: { itemId: string }): Promise<Item>;
  listItems(input: { active?: boolean | undefined }): Promise<Item[]>;
  addItem(input: Item): Promise<Item>;
  renameItem(input: { itemId: string; name: string }): Promise<Item>;
  removeItem(input: { itemId: string }): Promise<void>;
}

export type ItemsToken = abstract new () => object;

/** The class that implements one module, on its table or, without one, on a map. It is given the modules that it uses. */
export function itemServiceOf(used: readonly ItemsToken[], entity: (new () => Item) | undefined): Type<Items> {
  const service = entity === undefined ? serviceInMemory() : serviceOnTable();
  const tokens = entity === undefined ? used : [getRepositoryToken(entity), ...used];
  // Not as decorators in the class: its parameters' number would be part of its metadata, and it varies.
  Injectable()(service);
  tokens.forEach((token, index) => {
    Inject(token)(service, undefined, index);
  });
  return service;
}

function serviceOnTable(): Type<Items> {
  class ItemService implements Items {
    readonly used: readonly object[];

    constructor(
      private readonly items: Repository<Item>,
      ...used: object[]
    ) {
      this.used = used;
    }

    getItem({ itemId }: { itemId: string }): Promise<Item> {
      return this.items.findOneByOrFail({ itemId });
    }

    listItems({ active }: { active?: boolean | undefined }): Promise<Item[]> {
      return this.items.findBy(active === undefined ? {} : { active });
    }

    addItem(item: Item): Promise<Item> {
      return this.items.save(item);
    }

    async renameItem({ itemId, name }: { itemId: string; name: string }): Promise<Item> {
      await this.items.update({ itemId }, { name });
      return this.getItem({ itemId });
    }

    async removeItem({ itemId }: { itemId: string }): Promise<void> {
      await this.items.delete({ itemId });
    }
  }
  return ItemService;
}

function serviceInMemory(): Type<Items> {
  class ItemService implements Items {
    private readonly items = new Map<string, Item>();
    readonly used: readonly object[];

    constructor(...used: object[]) {
      this.used = used;
    }

    async getItem({ itemId }: { itemId: string }): Promise<Item> {
      const item = this.items.get(itemId);
      if (item === undefined) throw new RangeError(`There is no item ${itemId}.`);
      return item;
    }

    async listItems({ active }: { active?: boolean | undefined }): Promise<Item[]> {
      return [...this.items.values()].filter((item) => active === undefined || item.active === active);
    }

    async addItem(item: Item): Promise<Item> {
      this.items.set(item.itemId, item);
      return item;
    }

    async renameItem({ itemId, name }: { itemId: string; name: string }): Promise<Item> {
      return this.addItem({ ...(await this.getItem({ itemId })), name });
    }

    async removeItem({ itemId }: { itemId: string }): Promise<void> {
      this.items.delete(itemId);
    }
  }
  return ItemService;
}
