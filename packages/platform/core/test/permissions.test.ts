import { afterEach, describe, expect, test } from '@jest/globals';
import { command, type InputOf, Port, query, task, z } from '@macrolith/contract';
import {
  authorize,
  defineModule,
  LocalModule,
  MacrolithModule,
  type MacrolithOptions,
  PermissionDenied,
  type Principal,
  runInContext,
  TaskQueue,
  Unauthenticated,
} from '@macrolith/core';
import { Global, type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { boot } from './boot.js';

abstract class Vault extends Port({
  name: 'vault',
  version: '1.0.0',
  operations: {
    look: query({ output: z.int() }),
    open: command({ output: z.int(), permission: 'vault.open' }),
    polish: task({ permission: 'vault.polish' }),
  },
}) {}

abstract class Bank extends Port({
  name: 'bank',
  version: '1.0.0',
  operations: { pay: command({ output: z.int() }), tidy: command({}) },
}) {}

class VaultService implements Vault {
  async look() {
    return 1;
  }
  async open() {
    return 2;
  }
  async polish() {}
}

@Injectable()
class BankService implements Bank {
  constructor(private readonly vault: Vault) {}
  async pay(_input: InputOf<Bank['pay']>) {
    return this.vault.open();
  }
  async tidy() {
    await this.vault.polish();
  }
}

@LocalModule(defineModule(Vault, { owner: 'team-safe' }), { provider: VaultService })
class VaultModule {}
@LocalModule(defineModule(Bank, { owner: 'team-counter', uses: [Vault] }), { provider: BankService })
class BankModule {}

const enqueued: string[] = [];

@Global()
@Module({
  providers: [{ provide: TaskQueue, useValue: { enqueue: async (_from: string, { id }: any) => enqueued.push(id) } }],
  exports: [TaskQueue],
})
class Tasks {}

const customer: Principal = { id: 'ada', permissions: ['vault.look'] };
const guard: Principal = { id: 'ben', permissions: ['vault.open'] };

describe('An operation', () => {
  test('that asks for no permission is for everybody, known or not', () => {
    expect(() => authorize(Vault.op.look, {})).not.toThrow();
    expect(() => authorize(Vault.op.look, { principal: customer })).not.toThrow();
  });

  test('that asks for one is refused to nobody in particular', () => {
    const refusal = catching(() => authorize(Vault.op.open, {}));
    expect(refusal).toBeInstanceOf(Unauthenticated);
    expect(refusal).toMatchObject({ code: 'macrolith.unauthenticated' });
    expect(refusal.message).toContain("vault.open asks for the permission 'vault.open'");
  });

  test('that asks for one is refused to whoever lacks it, and the refusal says what is needed', () => {
    const refusal = catching(() => authorize(Vault.op.open, { principal: customer }));
    expect(refusal).toBeInstanceOf(PermissionDenied);
    expect(refusal).toMatchObject({
      code: 'macrolith.permission-denied',
      kind: 'denied',
      operation: 'vault.open',
      permission: 'vault.open',
    });
  });

  test.each([
    ['whoever has it', { principal: guard }],
    ['whoever may do everything', { principal: { id: 'root', permissions: ['*'] } }],
    ['a module on its own account', { module: 'bank' }],
  ])('that asks for one is done for %s', (_who, identity) => {
    expect(() => authorize(Vault.op.open, identity)).not.toThrow();
  });
});

describe('A call of one module by another', () => {
  let app: INestApplicationContext;
  afterEach(() => app.close());

  async function bank(options: Partial<MacrolithOptions>): Promise<Bank> {
    app = await boot([MacrolithModule.forRoot(options), Tasks, VaultModule, BankModule]);
    return app.get(Bank, { strict: false });
  }

  test('is trusted within one process: the module that calls answers for it', async () => {
    const { pay } = await bound({ binding: 'local' });
    await expect(runInContext({ principal: customer }, pay)).resolves.toBe(2);
  });

  test.each([
    ['a checked process', { checks: true }],
    ['a loopback', { binding: 'loopback' }],
  ] as const)('is held to the principal in %s, as it would be over a wire', async (_where, options) => {
    const { pay } = await bound(options);
    await expect(runInContext({ principal: customer }, pay)).rejects.toBeInstanceOf(PermissionDenied);
    await expect(runInContext({ principal: guard }, pay)).resolves.toBe(2);
    await expect(pay()).resolves.toBe(2);
  });

  test('may place a task in any: it is done later, on the account of the module', async () => {
    const { tidy } = await bound({ checks: true });
    await runInContext({ principal: customer }, tidy);
    expect(enqueued).toEqual(['vault.polish']);
  });

  async function bound(options: Partial<MacrolithOptions>) {
    const port = await bank(options);
    return { pay: () => port.pay(), tidy: () => port.tidy() };
  }
});

function catching(work: () => void): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown.');
}
