import { describe, expect, test } from '@jest/globals';
import { CallNames } from './names.js';

describe('Names of calls', () => {
  test('are made from the product, the module and the operation', () => {
    const names = new CallNames('shop');

    expect(names.subjectOf({ module: 'catalog', name: 'getProduct' })).toBe('shop.calls.catalog.getProduct');
    expect(names.subjectsOf('catalog')).toBe('shop.calls.catalog.*');
    expect(names.contractOf('catalog')).toBe('shop.contracts.catalog');
    expect(names.queueGroup).toBe('shop');
  });

  test.each(['', 'Shop', 'my.shop', 'shop>', 'a shop'])('are not made from the product %j', (system) => {
    expect(() => new CallNames(system)).toThrow(TypeError);
  });
});
