import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AccountRow } from './account.entity.js';
import { EntryRow } from './entry.entity.js';
import { AccountNotFound } from './index.js';

/** What accounts hold, and the entries that say what changed it. Part of the running transaction. */
@Injectable()
export class Ledger {
  constructor(
    @InjectRepository(AccountRow) private readonly accounts: Repository<AccountRow>,
    @InjectRepository(EntryRow) private readonly entries: Repository<EntryRow>,
  ) {}

  /** The account as nobody else changes it before the transaction has ended. @throws AccountNotFound */
  async lock(accountId: string): Promise<AccountRow> {
    const account = await this.accounts.findOne({ where: { accountId }, lock: { mode: 'for_no_key_update' } });
    if (account === null) throw new AccountNotFound({ accountId });
    return account;
  }

  async change(accountId: string, balanceDeltaMinor: bigint, heldDeltaMinor: bigint): Promise<void> {
    await this.accounts
      .createQueryBuilder()
      .update()
      .set({
        balanceMinor: () => 'balance_minor + :balanceDeltaMinor',
        heldMinor: () => 'held_minor + :heldDeltaMinor',
      })
      .setParameters({ balanceDeltaMinor, heldDeltaMinor })
      .where({ accountId })
      .execute();
  }

  async book(entry: Pick<EntryRow, 'accountId' | 'kind' | 'amountMinor' | 'reference'>): Promise<void> {
    await this.entries.insert(entry);
  }
}
