/** A bakery with a console: the counter sells, the oven bakes and sometimes burns, the ledger writes it down. */
import { command, type DataOf, defineError, event, type InputOf, Port, task, z } from '@macrolith/contract';
import {
  defineModule,
  EVERY_PERMISSION,
  type IdentifiableRequest,
  type Identity,
  LocalModule,
  MacrolithModule,
  PrincipalSource,
  runInContext,
  Workflows,
  workflow,
} from '@macrolith/core';
import { DatabaseModule, database } from '@macrolith/data';
import { Events, On, outbox, subscriptions } from '@macrolith/events';
import { EventsModule } from '@macrolith/events/local';
import { createHttpApp, HttpModule } from '@macrolith/http';
import { createTestDatabase } from '@macrolith/local-services';
import { UiModule } from '@macrolith/ui/server';
import { durableWorkflows, WorkflowModule } from '@macrolith/workflow';
import { Injectable, Module } from '@nestjs/common';
import { ConsoleModule } from '../src/local.js';

const DAY_MS = 86_400_000;

const Loaf = z.object({ loaf: z.string() });
const Bread = z.object({ customer: z.string(), bread: z.string() });

class NobodyHome extends defineError(
  'oven.nobody-home',
  { loaf: z.string() },
  ({ loaf }) => `Nobody opened for ${loaf}.`,
) {}

abstract class Counter extends Port({
  name: 'counter',
  version: '1.0.0',
  operations: {},
  events: { breadSold: event({ data: Bread, key: ({ customer }) => customer }) },
}) {}

abstract class Oven extends Port({
  name: 'oven',
  version: '1.0.0',
  operations: {
    clean: task({ input: z.object({ after: z.string() }) }),
    keepLoaf: command({ input: z.object({ customer: z.string() }), output: Loaf }),
    giveLoafBack: command({ input: Loaf }),
    bringLoaf: command({ input: Loaf, errors: [NobodyHome] }),
  },
}) {}

abstract class Ledger extends Port({ name: 'ledger', version: '1.0.0', operations: {} }) {}

const deliver = workflow('counter.deliver', { version: 1, input: z.object({ customer: z.string() }), output: Loaf })
  .step('kept', Oven.op.keepLoaf, ({ input }) => input)
  .compensate(Oven.op.giveLoafBack, ({ kept }) => kept)
  .pivot('brought', Oven.op.bringLoaf, ({ kept }) => kept)
  .result(({ kept }) => kept);

/** While it is broken, nothing is brought. */
export const van = { isBroken: false };

/** What the oven burns now; what it baked. */
export const burnt = new Set<string>();
export const baked: string[] = [];

@Injectable()
class CounterService implements Counter {
  constructor(
    readonly events: Events,
    readonly oven: Oven,
    private readonly workflows: Workflows,
  ) {}

  deliver(customer: string) {
    return this.workflows.run(deliver, { customer });
  }
}

@Injectable()
class OvenService implements Oven {
  async clean(_: InputOf<Oven['clean']>): Promise<void> {}

  async keepLoaf({ customer }: InputOf<Oven['keepLoaf']>) {
    return { loaf: `the loaf of ${customer}` };
  }

  async giveLoafBack(_: InputOf<Oven['giveLoafBack']>): Promise<void> {}

  async bringLoaf({ loaf }: InputOf<Oven['bringLoaf']>): Promise<void> {
    if (loaf.endsWith(' nobody')) throw new NobodyHome({ loaf });
    if (van.isBroken) throw new Error(`The van is broken: ${loaf} cannot be brought.`);
  }
}

@Injectable()
class LedgerService implements Ledger {}

@Injectable()
class Baker {
  @On(Counter.event.breadSold)
  async bake({ bread }: DataOf<typeof Counter.event.breadSold>): Promise<void> {
    if (burnt.has(bread)) throw new Error(`The ${bread} is burnt: the oven was too hot.`);
    baked.push(bread);
  }
}

@Injectable()
class Bookkeeper {
  @On(Counter.event.breadSold)
  async note(_: DataOf<typeof Counter.event.breadSold>): Promise<void> {}
}

const tables = database({ entities: [], migrations: [] });

@LocalModule(defineModule(Counter, { owner: 'team-counter', uses: [Oven] }), {
  provider: CounterService,
  workflows: [deliver],
  features: [tables, outbox(), durableWorkflows()],
})
class CounterModule {}

@LocalModule(defineModule(Oven, { owner: 'team-oven', uses: [Counter] }), {
  provider: OvenService,
  features: [tables, subscriptions([Baker])],
})
class OvenModule {}

@LocalModule(defineModule(Ledger, { owner: 'team-ledger', uses: [Counter] }), {
  provider: LedgerService,
  features: [tables, subscriptions([Bookkeeper])],
})
class LedgerModule {}

export interface Bakery {
  readonly address: string;
  sell(customer: string, bread: string): Promise<void>;
  clean(after: string): Promise<void>;
  /** Resolves when it is brought, or when nobody waits for it any more. */
  deliver(customer: string): Promise<void>;
  /** The console's API. */
  get<T>(path: string, badge?: string): Promise<{ readonly status: number; readonly body: T }>;
  post<T>(path: string, body: object, badge?: string): Promise<{ readonly status: number; readonly body: T }>;
  close(): Promise<void>;
}

/** Permissions as they stand on a badge. Whoever shows none is the baker, who may do everything; an empty one is nobody's. */
class Badges extends PrincipalSource {
  override async identify({ headers }: IdentifiableRequest): Promise<Identity> {
    const { badge } = headers;
    if (badge === undefined) return { principal: { id: 'baker', permissions: [EVERY_PERMISSION] } };
    return badge === '' ? {} : { principal: { id: 'ada', permissions: [String(badge)] } };
  }
}

export async function openBakery(): Promise<Bakery> {
  const { url, drop } = await createTestDatabase();
  @Module({
    imports: [
      MacrolithModule.forRoot({ checks: true, workflows: 'durable' }),
      DatabaseModule.forRoot({ url }),
      EventsModule.forRoot({ maxAttempts: 1, sweepMs: 200 }),
      // What is stuck does not go on by itself while a test looks at it.
      WorkflowModule.forRoot({ stuckAfter: 1, backoff: { firstMs: DAY_MS, maxMs: DAY_MS } }),
      HttpModule.forRoot({ title: 'Bakery' }),
      UiModule.forRoot({ title: 'Bakery' }),
      CounterModule,
      OvenModule,
      LedgerModule,
      ConsoleModule,
    ],
  })
  class Shell {}
  const app = await createHttpApp(Shell, { principals: new Badges(), log: { level: 'silent' }, shutdownSignals: [] });
  await app.listen(0, '127.0.0.1');
  const address = await app.getUrl();
  const counter = app.get(CounterService, { strict: false });
  const { events, oven } = counter;
  const call = async <T>(path: string, init?: RequestInit) => {
    const answer = await fetch(`${address}/api/console${path}`, init);
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  };
  return {
    address,
    sell: (customer, bread) => events.publish(Counter.event.breadSold, { customer, bread }),
    clean: (after) => oven.clean({ after }),
    deliver: (customer) =>
      runInContext({ deadlineAt: Date.now() + 2_000 }, () => counter.deliver(customer)).then(
        () => {},
        () => {},
      ),
    get: (path, badge) => call(path, { headers: headersOf(badge) }),
    post: (path, body, badge) =>
      call(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { ...headersOf(badge), 'content-type': 'application/json' },
      }),
    close: async () => {
      await app.close();
      await drop();
    },
  };
}

function headersOf(badge: string | undefined): Record<string, string> {
  return badge === undefined ? {} : { badge };
}
