import { describe, expect, test } from '@jest/globals';
import type { DatabaseState, ModuleState } from './database-state.js';
import { planProvisioning, type Wanted } from './provisioning-plan.js';
import { moduleRoles } from './role-names.js';

describe('The plan of what is missing', () => {
  const wanted: Wanted = {
    database: 'shop',
    login: 'shop_app',
    loginVerifier: () => 'SCRAM-SHA-256$…',
    modules: [moduleRoles('shop', 'orders', 'orders')],
  };
  const complete: ModuleState = {
    module: 'orders',
    hasOwner: true,
    hasRuntime: true,
    mayActAsOwner: true,
    mayBecomeRuntime: true,
    schemaOwner: 'shop_orders_owner',
    hasGrants: true,
    hasMigrationsTable: true,
    hasHandover: false,
  };
  const state = (module: Partial<ModuleState> = {}, database: Partial<DatabaseState> = {}): DatabaseState => ({
    versionNumber: 180_000,
    version: '18.0',
    hasLogin: true,
    isLoginRight: true,
    modules: [{ ...complete, ...module }],
    ...database,
  });

  test('is empty when nothing is', () => {
    expect(planProvisioning(state(), wanted)).toEqual([]);
  });

  test('names each missing thing alone', () => {
    expect(planProvisioning(state({ mayBecomeRuntime: false }), wanted)).toEqual([
      'GRANT "shop_orders" TO "shop_app" WITH INHERIT FALSE, SET TRUE, ADMIN FALSE',
    ]);
    expect(planProvisioning(state({}, { isLoginRight: false }), wanted)).toEqual([
      'ALTER ROLE "shop_app" LOGIN NOINHERIT',
      'GRANT CONNECT ON DATABASE "shop" TO "shop_app"',
    ]);
  });

  test('takes the right to change the migrations table away again after rights on all tables were given', () => {
    const statements = planProvisioning(state({ hasGrants: false }), wanted);
    const given = statements.findIndex((statement) => statement.includes('ON ALL TABLES'));
    const taken = statements.findIndex((statement) => statement.startsWith('REVOKE ALL ON TABLE "orders".migrations'));
    expect(given).toBeGreaterThanOrEqual(0);
    expect(taken).toBeGreaterThan(given);
  });

  test('refuses to take a schema that belongs to somebody else', () => {
    expect(() => planProvisioning(state({ schemaOwner: 'legacy' }), wanted)).toThrow("belongs to the role 'legacy'");
  });
});
