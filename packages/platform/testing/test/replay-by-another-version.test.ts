import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type AnyMethod, command, type InputOf, Port, z } from '@macrolith/contract';
import { defineModule, LocalModule, RemoteModule, runInContext } from '@macrolith/core';
import { database } from '@macrolith/data';
import { createTestDatabase, type NatsServer, startNats, type TestDatabase } from '@macrolith/local-services';
import { CallServer, NatsModule } from '@macrolith/nats';
import { Injectable, type Type } from '@nestjs/common';
import { bootModule, type RunningModules } from '../src/index.js';

const Ticket = z.object({ ticket: z.string() });
const Refund = z.object({ refunded: z.int() });

/** One place for both versions: in a product no process has two. */
function ferry<Methods extends Record<string, AnyMethod>>(version: string, operations: Methods) {
  return Port({ name: 'ferry', version, operations });
}

abstract class Ferry1 extends ferry('1.1.0', { cancel: command({ input: Ticket, output: Refund }) }) {}

/** Adds an optional member and one with a default to the argument, and one with a default to the answer. */
abstract class Ferry2 extends ferry('1.2.0', {
  cancel: command({
    input: Ticket.extend({ reason: z.string().optional(), boat: z.string().default('any') }),
    output: Refund.extend({ fee: z.int().default(0) }),
  }),
}) {}

const cancelled: string[] = [];

@Injectable()
class Ferry1Service implements Ferry1 {
  async cancel({ ticket }: InputOf<Ferry1['cancel']>) {
    cancelled.push(ticket);
    return { refunded: 12 };
  }
}

@Injectable()
class Ferry2Service implements Ferry2 {
  async cancel({ ticket }: InputOf<Ferry2['cancel']>) {
    cancelled.push(ticket);
    return { refunded: 10, fee: 2 };
  }
}

const one = defineModule(Ferry1, { owner: 'team-boats' });
const two = defineModule(Ferry2, { owner: 'team-boats' });

@LocalModule(one, { provider: Ferry1Service, features: [database()] })
class LocalFerry1 {}
@LocalModule(two, { provider: Ferry2Service, features: [database()] })
class LocalFerry2 {}
@RemoteModule(one)
class RemoteFerry1 {}
@RemoteModule(two)
class RemoteFerry2 {}

const PROVIDERS = { '1.1': LocalFerry1, '1.2': LocalFerry2 };
const CALLERS = { '1.1': RemoteFerry1, '1.2': RemoteFerry2 };

let nats: NatsServer;
let testDatabase: TestDatabase;
const running: RunningModules[] = [];
beforeAll(async () => {
  [nats, testDatabase] = await Promise.all([startNats(), createTestDatabase()]);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((modules) => modules.close()));
});
afterAll(async () => {
  await Promise.all([nats.stop(), testDatabase.drop()]);
});

async function booted(module: Type): Promise<RunningModules> {
  const imports = [NatsModule.forRoot({ servers: nats.url })];
  const modules = await bootModule(module, { databaseUrl: testDatabase.url, imports });
  running.push(modules);
  return modules;
}

/** What `call` answers while a process of this version, and no other, serves the ferry. */
async function servedBy<T>(version: keyof typeof PROVIDERS, call: () => Promise<T>): Promise<T> {
  const server = (await booted(PROVIDERS[version])).get(CallServer);
  await new Promise<void>((resolve) => server.listen(() => resolve()));
  const answer = await call();
  await server.close();
  return answer;
}

test.each<[stored: '1.1' | '1.2', told: '1.1' | '1.2', by: '1.1' | '1.2', first: object, again: object]>([
  ['1.1', '1.2', '1.1', { refunded: 12 }, { refunded: 12 }],
  ['1.1', '1.2', '1.2', { refunded: 12, fee: 0 }, { refunded: 12, fee: 0 }],
  ['1.2', '1.1', '1.1', { refunded: 10 }, { refunded: 10 }],
  // What the older version does not know of the answer, it cannot tell.
  ['1.2', '1.1', '1.2', { refunded: 10, fee: 2 }, { refunded: 10, fee: 0 }],
])(
  'an answer that %s of a module stored is told again by %s, to a caller of %s',
  async (stored, told, by, first, again) => {
    const caller = await booted(CALLERS[by]);
    const ticket = `stored by ${stored}, for ${by}`;
    const cancel = () =>
      runInContext({ idempotencyKey: ticket }, () =>
        by === '1.1' ? caller.port(Ferry1).cancel({ ticket }) : caller.port(Ferry2).cancel({ ticket, boat: 'any' }),
      );
    cancelled.length = 0;

    expect(await servedBy(stored, cancel)).toEqual(first);
    expect(await servedBy(told, cancel)).toEqual(again);
    expect(cancelled).toEqual([ticket]);
  },
);
