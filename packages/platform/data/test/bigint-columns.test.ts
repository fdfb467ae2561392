import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import { Column, Entity, PrimaryColumn, type QueryRunner, type Repository } from 'typeorm';
import { bigintColumn, Database, safeIntegerColumn } from '../src/index.js';
import { stepOfClass } from '../src/migration/migration-step.js';

@Entity({ schema: 'vault', name: 'account' })
class AccountRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('bigint', { name: 'balance_minor', transformer: bigintColumn })
  balanceMinor!: bigint;

  @Column('bigint', { name: 'limit_minor', nullable: true, transformer: bigintColumn })
  limitMinor!: bigint | null;

  @Column('bigint', { nullable: true, transformer: safeIntegerColumn })
  entries!: number | null;
}

class CreateAccount1760000000000 {
  readonly name = 'CreateAccount1760000000000';
  readonly phase = 'expand';
  async up(runner: QueryRunner) {
    await runner.query(
      'CREATE TABLE vault.account (id text PRIMARY KEY, balance_minor bigint NOT NULL, limit_minor bigint, entries bigint)',
    );
  }
  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE vault.account');
  }
}

let testDatabase: TestDatabase;
let database: Database;
let accounts: Repository<AccountRow>;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const vault = { module: 'vault', schema: 'vault', steps: [stepOfClass('vault', CreateAccount1760000000000)] };
  database = await Database.open({ url: testDatabase.url }, [vault]);
  accounts = (await database.dataSource('vault', [AccountRow])).getRepository(AccountRow);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

test('a bigint comes back as it was written, up to the last of its 64 bits', async () => {
  const rich = {
    id: 'rich',
    balanceMinor: 9_223_372_036_854_775_807n,
    limitMinor: -1n,
    entries: 9_007_199_254_740_991,
  };
  await accounts.insert(rich);

  expect(await accounts.findOneBy({ balanceMinor: 9_223_372_036_854_775_807n })).toEqual(rich);
});

test('null comes back as null', async () => {
  await accounts.insert({ id: 'new', balanceMinor: 0n, limitMinor: null, entries: null });

  expect(await accounts.findOneBy({ id: 'new' })).toMatchObject({ balanceMinor: 0n, limitMinor: null, entries: null });
});

test('a count that a number would round is refused when it is read', async () => {
  await database.of('vault').query("INSERT INTO vault.account VALUES ('busy', 0, 0, 9007199254740993)");

  await expect(accounts.findOneBy({ id: 'busy' })).rejects.toThrow(/9007199254740993.*bigintColumn/);
});
