import { describe, expect, it } from '@jest/globals';
import { PriceTooLow, ProductNotFound, Shop } from '../test/shop.js';
import { BINDINGS, isPort } from './index.js';

describe('A port', () => {
  it('holds its operations as values', () => {
    expect(Shop.op.reprice).toMatchObject({
      kind: 'command',
      module: 'shop',
      port: 'shop',
      name: 'reprice',
      id: 'shop.reprice',
      external: false,
      permission: undefined,
      errors: [ProductNotFound, PriceTooLow],
    });
    expect(Shop.op.charge.external).toBe(true);
  });

  it('holds its events as values', () => {
    expect(Shop.event.priceChanged).toMatchObject({
      id: 'shop.price-changed.v1',
      module: 'shop',
      name: 'priceChanged',
      version: 1,
    });
  });

  it('refuses a provider that extends it, and says to write implements', () => {
    class ShopService extends Shop {}
    expect(() => new ShopService()).toThrow(/ShopService extends the port of 'shop'.*write implements/);
  });

  it('refuses to be made by hand, and says to inject it', () => {
    const Concrete = Shop as unknown as new () => Shop;
    expect(() => new Concrete()).toThrow(/Shop is the port of 'shop'.*inject it/);
  });

  it('lets a binding extend it', () => {
    class Bound extends Shop {}
    BINDINGS.add(Bound);
    expect(new Bound()).toBeInstanceOf(Shop);
  });

  it('is told from other values', () => {
    expect(isPort(Shop)).toBe(true);
    expect(isPort(ProductNotFound)).toBe(false);
  });
});
