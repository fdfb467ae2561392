import { describe, expect, test } from '@jest/globals';
import { loginRole, moduleRoles, ReservedModuleName } from './role-names.js';

describe('Role names', () => {
  test('begin with the database’s name, since roles belong to the whole server', () => {
    expect(loginRole('shop')).toBe('shop_app');
    expect(moduleRoles('shop', 'orders', 'sales')).toEqual({
      module: 'orders',
      schema: 'sales',
      owner: 'shop_orders_owner',
      runtime: 'shop_orders',
    });
  });

  test('fit into PostgreSQL’s 63 bytes and stay different', () => {
    const database = 'ä'.repeat(31);
    const names = ['orders', 'orders-archive'].flatMap((module) => {
      const { owner, runtime } = moduleRoles(database, module, 'x');
      return [owner, runtime];
    });
    for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
    expect(new Set(names).size).toBe(4);
  });

  test.each(['app', 'owner'])('refuse a module called %s, whose role would be another’s', (module) => {
    expect(() => moduleRoles('shop', module, 'x')).toThrow(ReservedModuleName);
  });
});
