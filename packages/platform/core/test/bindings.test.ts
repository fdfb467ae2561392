import { afterEach, describe, expect, test } from '@jest/globals';
import { InvalidInput, UnexpectedError } from '@macrolith/contract';
import {
  type CallEdge,
  callHook,
  defineModule,
  LocalModule,
  MacrolithModule,
  type MacrolithOptions,
  PortRegistry,
} from '@macrolith/core';
import type { INestApplicationContext } from '@nestjs/common';
import { boot } from './boot.js';
import { OutOfStock, Warehouse, WarehouseService } from './warehouse.js';

const manifest = defineModule(Warehouse, { owner: 'team-warehouse' });
@LocalModule(manifest, { provider: WarehouseService })
class WarehouseModule {}

let app: INestApplicationContext;
afterEach(async () => {
  callHook.current = undefined;
  await app?.close();
});

async function warehouse(options: Partial<MacrolithOptions>) {
  app = await boot([MacrolithModule.forRoot(options), WarehouseModule]);
  const service = app.get(WarehouseService, { strict: false });
  return { port: app.get(Warehouse, { strict: false }), service };
}

const BINDINGS: [string, Partial<MacrolithOptions>][] = [
  ['local', { binding: 'local' }],
  ['local, checked', { binding: 'local', checks: true }],
  ['loopback', { binding: 'loopback' }],
];

describe.each(BINDINGS)('over the binding %s', (_, options) => {
  test('values arrive as what they are', async () => {
    const { port } = await warehouse(options);
    const level = await port.level({ sku: 'lamp' });
    expect(level).toEqual({ quantity: 3, since: new Date('2026-01-01T00:00:00.000Z'), tags: ['fragile'] });
    expect(level.since).toBeInstanceOf(Date);
  });

  test('a declared error arrives as its class with its fields', async () => {
    const { port } = await warehouse(options);
    const refusal = await port.take({ sku: 'lamp', quantity: 5 }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(OutOfStock);
    expect(refusal).toMatchObject({ sku: 'lamp', missing: 2, code: 'warehouse.out-of-stock' });
  });

  test('a command without an answer answers undefined', async () => {
    const { port } = await warehouse(options);
    await expect(port.putBack({ sku: 'lamp', quantity: 1 })).resolves.toBeUndefined();
  });

  test('a test may replace a method of the provider', async () => {
    const { port, service } = await warehouse(options);
    service.take = async () => ({ left: 99 });
    expect(await port.take({ sku: 'lamp', quantity: 1 })).toEqual({ left: 99 });
  });
});

describe.each(BINDINGS.slice(1))('where calls are checked (%s)', (_, options) => {
  test('an argument that the contract refuses does not reach the provider', async () => {
    const { port, service } = await warehouse(options);
    await expect(port.take({ sku: 'lamp', quantity: -1 })).rejects.toThrow(InvalidInput);
    expect(service.received).toEqual([]);
  });

  test('the provider sees neither unknown keys nor keys without a value', async () => {
    const { port, service } = await warehouse(options);
    const input = { sku: 'lamp', quantity: 1, note: undefined, extra: 1 } as never;
    await port.take(input);
    expect(Object.keys(service.received[0] as object)).toEqual(['sku', 'quantity']);
  });

  test('a caller that changes what it got does not change the provider', async () => {
    const { port, service } = await warehouse(options);
    const level = await port.level({ sku: 'lamp' });
    level.tags.push('mine');
    expect(service.tags).toEqual(['fragile']);
  });

  test('an error that no contract declares becomes one UnexpectedError', async () => {
    const { port } = await warehouse(options);
    const failure = await port.take({ sku: 'broken', quantity: 1 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnexpectedError);
    expect((failure as Error).message).not.toContain('a defect of the provider');
  });
});

test('the call hook sees who calls what, and can be taken away again', async () => {
  const { port } = await warehouse({});
  const seen: CallEdge[] = [];
  callHook.current = (edge, next) => {
    seen.push(edge);
    return next();
  };
  await port.level({ sku: 'lamp' });
  callHook.current = undefined;
  await port.level({ sku: 'lamp' });
  expect(seen).toEqual([{ from: 'warehouse', to: 'warehouse', operation: 'level', kind: 'query', binding: 'local' }]);
});

test('the registry tells which provider answers', async () => {
  const { service } = await warehouse({ binding: 'loopback' });
  const registry = app.get(PortRegistry);
  expect(registry.bindingOf('warehouse')?.kind).toBe('loopback');
  expect(registry.providerOf('warehouse')).toBe(service);
  expect(registry.bindingOf('nobody')).toBeUndefined();
});
