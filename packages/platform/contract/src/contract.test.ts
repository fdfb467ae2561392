import { describe, expect, it, jest } from '@jest/globals';
import { command, defineError, event, Port, query, z } from './index.js';

const count = query({ output: z.int() });
const port =
  (operations: any, rest: object = {}) =>
  () =>
    Port({ name: 'shelf', version: '1.0.0', operations, ...rest });

describe('A contract', () => {
  it.each(['Shelf', 'shelf_1', '', 'a.b.c', '-shelf', 'shelf.'])('refuses the name %p', (name) => {
    expect(port({ count }, { name })).toThrow(/is no contract name.*kebab-case/);
  });

  it.each(['1', 'v1.0.0', 'latest'])('refuses the version %p', (version) => {
    expect(port({ count }, { version })).toThrow(/Contract 'shelf' has version.*as in 1\.0\.0/);
  });

  it.each([
    'constructor',
    'then',
    'toJSON',
    'toString',
    'valueOf',
    'hasOwnProperty',
    'onModuleInit',
    'onModuleDestroy',
    'onApplicationBootstrap',
    'onApplicationShutdown',
    'beforeApplicationShutdown',
  ])('reserves the name %s, which others call', (name) => {
    expect(port({ [name]: count })).toThrow(`shelf.${name}: every object may be asked for '${name}'`);
  });

  it('reserves __proto__', () => {
    expect(port(Object.fromEntries([['__proto__', count]]))).toThrow(/shelf\.__proto__/);
  });

  it.each(['Count', 'count-all', 'count_all', '1st'])('wants operations in camelCase, not %s', (name) => {
    expect(port({ [name]: count })).toThrow(/write the name in camelCase/);
  });

  it('refuses what is no operation and no event', () => {
    expect(port({ count: () => 1 })).toThrow(/shelf\.count is no operation: declare it with query\(\)/);
    expect(port({ count }, { events: { counted: z.int() } })).toThrow(/shelf\.counted is no event/);
  });

  it('names the part that cannot cross a wire', () => {
    const at = z.object({ at: z.date() }) as never;
    expect(port({ open: command({ input: at }) })).toThrow(/^Input of shelf\.open cannot cross a wire/);
    expect(port({ open: command({ output: at }) })).toThrow(/^Output of shelf\.open cannot cross a wire/);
    expect(port({ count }, { events: { opened: event({ data: at, key: () => '' }) } })).toThrow(
      /^Data of event shelf\.opened/,
    );
  });

  it('refuses two errors of one code in one operation', () => {
    class Gone extends defineError('shelf.gone', {}, () => 'Gone.') {}
    class GoneToo extends defineError('shelf.gone', {}, () => 'Gone too.') {}
    expect(port({ open: command({ errors: [Gone, GoneToo] }) })).toThrow(
      /shelf\.open declares the error code 'shelf\.gone' twice/,
    );
  });

  it('lets an operation ask for a permission of its own module', () => {
    const operations = port({ open: command({ permission: 'shelf.open-doors' }), count })().op as any;
    expect([operations.open.permission, operations.count.permission]).toEqual(['shelf.open-doors', undefined]);
    const ofPrivatePort = port({ open: command({ permission: 'shelf.open' }) }, { name: 'shelf.doors' })().op as any;
    expect(ofPrivatePort.open.permission).toBe('shelf.open');
  });

  it.each(['open', 'shop.open', 'shelf.Open', 'shelf.', 'shelf.*', 'shelf.open.all', ''])(
    'refuses the permission %p',
    (permission) => {
      expect(port({ open: command({ permission }) })).toThrow(
        `shelf.open asks for the permission '${permission}': name a permission of its own module`,
      );
    },
  );

  it('counts event versions from 1', () => {
    const moved = (version: number) => event({ data: z.object({}), key: () => '', version });
    expect(port({ count }, { events: { moved: moved(0) } })).toThrow(/Event shelf\.moved has version 0/);
    expect(port({ count }, { events: { itWasMoved: moved(2) } })().event).toMatchObject({
      itWasMoved: { id: 'shelf.it-was-moved.v2', version: 2 },
    });
  });

  it('of a private port belongs to the module before the dot', () => {
    const Book = port({ count }, { name: 'orders.order-book' })();
    expect(Book.contract).toMatchObject({ name: 'orders.order-book', module: 'orders' });
    expect(Book.op.count).toMatchObject({ module: 'orders', port: 'orders.order-book', id: 'orders.order-book.count' });
  });

  it('cannot be changed', () => {
    const Shelf = port({ count })();
    expect(
      Object.isFrozen(Shelf.contract) && Object.isFrozen(Shelf.contract.operations) && Object.isFrozen(Shelf.op.count),
    ).toBe(true);
  });
});

describe('A contract that is loaded twice', () => {
  it('is refused, naming both places and what to do', () => {
    Port({ name: 'twin', version: '1.0.0', operations: { count } });
    expect(() => Port({ name: 'twin', version: '1.0.0', operations: { count } })).toThrow(
      /The contract 'twin' is loaded twice.*\n {2}.*contract\.test\.ts:\d+:\d+\n {2}.*contract\.test\.ts:\d+:\d+\n.*one version of it/,
    );
  });

  it('is welcome when the same place is evaluated again', async () => {
    const first = await import('../test/shop.js');
    jest.resetModules();
    const second = await import('../test/shop.js');
    expect(second.Shop).not.toBe(first.Shop);
    expect(second.Shop.contract.name).toBe('shop');
  });
});
