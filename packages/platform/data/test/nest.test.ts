import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MacrolithModule, runInContext, UnitOfWork } from '@macrolith/core';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import { ConsoleLogger, Injectable } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { OutcomeRetention } from '../src/idempotency/outcome-retention.js';
import {
  Database,
  DatabaseModule,
  IdempotencyKeyReused,
  ModuleDataSource,
  NotMadeByNest,
  Transactional,
} from '../src/index.js';
import { Desk, DeskModule, DeskService } from './app/desk.js';
import { Ledger, LedgerModule, Overdrawn } from './app/ledger.js';

/** The ports as the modules themselves have them: a test is not a module, so it asks inside one. */
describe('A shell with a database', () => {
  let testDatabase: TestDatabase;
  let app: TestingModule;
  let desk: Desk;
  let ledger: Ledger;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    app = await Test.createTestingModule({
      imports: [
        MacrolithModule.forRoot(),
        DatabaseModule.forRoot({ url: testDatabase.url, poolSize: 4 }),
        DeskModule,
        LedgerModule,
      ],
    })
      .setLogger(new ConsoleLogger('test', { logLevels: [] }))
      .compile();
    await app.init();
    desk = app.select(DeskModule).get(Desk, { strict: true });
    ledger = app.select(DeskModule).get(Ledger, { strict: true });
  });
  afterAll(async () => {
    await app.close();
    await testDatabase.drop();
  });
  beforeEach(async () => {
    await app.get(Database).of('desk').query('DELETE FROM desk.slip');
    await app.get(Database).of('ledger').query('DELETE FROM ledger.entry');
  });

  const slips = () => app.select(DeskModule).get(DeskService, { strict: true }).slips.count();

  test('commits the work of two modules together', async () => {
    await expect(desk.bookAll({ amounts: [5, 7] })).resolves.toEqual({ balance: 12 });
    expect(await slips()).toBe(2);
    expect(await ledger.balance()).toBe(12);
  });

  test('rolls both back when the second refuses', async () => {
    await expect(desk.bookAll({ amounts: [5, -9] })).rejects.toBeInstanceOf(Overdrawn);
    expect(await slips()).toBe(0);
    expect(await ledger.balance()).toBe(0);
  });

  test('undoes only the command whose error the caller catches', async () => {
    await expect(desk.bookWhatFits({ amounts: [5, -9, -2] })).resolves.toEqual({ refused: 1 });
    expect(await slips()).toBe(3);
    expect(await ledger.balance()).toBe(3);
  });

  test('gives each module its own data source, under the tokens of @nestjs/typeorm', () => {
    const ofDesk = app.select(DeskModule).get(DataSource, { strict: true });
    expect(ofDesk).toBeInstanceOf(ModuleDataSource);
    expect(ofDesk.entityMetadatas.map(({ tablePath }) => tablePath)).toEqual(['desk.slip']);
    expect(app.select(LedgerModule).get(DataSource, { strict: true })).not.toBe(ofDesk);
  });

  test('runs a command once per idempotency key, and answers the stored outcome to the duplicate', async () => {
    const book = () => runInContext({ idempotencyKey: 'wish-1' }, () => ledger.book({ amount: 4 }));
    await expect(book()).resolves.toEqual({ balance: 4 });
    await expect(book()).resolves.toEqual({ balance: 4 });
    expect(await ledger.balance()).toBe(4);
  });

  test('runs it once when the duplicates come together', async () => {
    const book = () => runInContext({ idempotencyKey: 'wish-2' }, () => ledger.book({ amount: 4 }));
    const answers = await Promise.all([book(), book(), book()]);
    expect(answers).toEqual([{ balance: 4 }, { balance: 4 }, { balance: 4 }]);
    expect(await ledger.balance()).toBe(4);
  });

  test('refuses a key that comes again with another input', async () => {
    await runInContext({ idempotencyKey: 'wish-3' }, () => ledger.book({ amount: 4 }));
    const other = runInContext({ idempotencyKey: 'wish-3' }, () => ledger.book({ amount: 40 }));
    await expect(other).rejects.toBeInstanceOf(IdempotencyKeyReused);
    expect(await ledger.balance()).toBe(4);
  });

  test('keeps the keys of two callers apart', async () => {
    const book = (id: string) =>
      runInContext({ idempotencyKey: 'wish-4', principal: { id } }, () => ledger.book({ amount: 1 }));
    await expect(book('ada')).resolves.toEqual({ balance: 1 });
    await expect(book('grace')).resolves.toEqual({ balance: 2 });
  });

  test('forgets the key of a command that failed, since it left no effect', async () => {
    const book = () => runInContext({ idempotencyKey: 'wish-5' }, () => ledger.book({ amount: -4 }));
    await expect(book()).rejects.toBeInstanceOf(Overdrawn);
    await ledger.book({ amount: 10 });
    await expect(book()).resolves.toEqual({ balance: 6 });
  });

  test('removes outcomes that nobody asks for any more', async () => {
    const book = (key: string) => runInContext({ idempotencyKey: key }, () => ledger.book({ amount: 1 }));
    await book('old');
    await app.get(Database).of('ledger').query("UPDATE ledger.idempotency SET created_at = now() - interval '8 days'");
    await book('new');
    await app.get(OutcomeRetention, { strict: false }).sweep();
    const { rows } = await app.get(Database).of('ledger').query('SELECT key FROM ledger.idempotency');
    expect(rows).toEqual([{ key: 'new' }]);
  });

  test('gives @Transactional() methods their unit of work in any provider that Nest makes', async () => {
    @Injectable()
    class Clerk {
      @Transactional()
      async work(): Promise<string> {
        await app.get(Database).of('desk').query('INSERT INTO desk.slip (amount) VALUES (1)');
        throw new Error('spilled the ink');
      }
    }
    const office = await Test.createTestingModule({
      providers: [Clerk, { provide: UnitOfWork, useValue: app.get(UnitOfWork) }],
    }).compile();
    await expect(office.get(Clerk).work()).rejects.toThrow('spilled the ink');
    expect(await slips()).toBe(0);
    await expect(new Clerk().work()).rejects.toBeInstanceOf(NotMadeByNest);
  });
});
