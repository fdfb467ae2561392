import { command, defineError, type InputOf, Port, z } from '@macrolith/contract';
import { currentContext, defineModule, LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import { Outside } from './outside.js';

export class Declined extends defineError('bank.declined', { account: z.string() }, (e) => `${e.account} is empty.`) {}

/** Acts outside the database: what it has done no transaction takes back. */
export abstract class Bank extends Port({
  name: 'bank',
  version: '1.0.0',
  operations: {
    charge: command({
      input: z.object({ account: z.string(), amount: z.int() }),
      output: z.object({ chargeId: z.string() }),
      errors: [Declined],
      external: true,
    }),
    refund: command({ input: z.object({ chargeId: z.string() }), external: true }),
  },
}) {}

@Injectable()
export class BankService implements Bank {
  constructor(private readonly outside: Outside) {}

  async charge({ account, amount }: InputOf<Bank['charge']>) {
    const key = currentContext().idempotencyKey!;
    if (account === 'empty') throw new Declined({ account });
    await this.outside.charge(key, amount);
    return { chargeId: key };
  }

  async refund({ chargeId }: InputOf<Bank['refund']>) {
    await this.outside.refund(chargeId);
  }
}

const bank = defineModule(Bank, { owner: 'team-money' });

@LocalModule(bank, { provider: BankService, features: [database()] })
export class BankModule {}
