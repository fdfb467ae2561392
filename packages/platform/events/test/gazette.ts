/** A publisher whose event can have any version, and a subscriber that can be asked for anything a subscriber may ask for. */

import { type EventType, event, Port, z } from '@macrolith/contract';
import { defineModule, LocalModule, MacrolithModule, UnitOfWork } from '@macrolith/core';
import { Database, DatabaseModule, database, type ModuleMigration } from '@macrolith/data';
import { type EventEnvelope, Events, On, type OnOptions, outbox, subscriptions } from '@macrolith/events';
import { EventsModule, Relay, type RelayOptions } from '@macrolith/events/local';
import { EventOperations } from '@macrolith/events/operations';
import {
  type DynamicModule,
  type INestApplicationContext,
  Injectable,
  type LoggerService,
  Module,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';

export const Issue = z.object({ paper: z.string(), number: z.int() });

@Injectable()
class Nothing {}

/** The events of the publisher, in the given version. */
export function gazette(version = 1, data: z.ZodType = Issue) {
  abstract class Gazette extends Port({
    name: 'gazette',
    version: '1.0.0',
    operations: {},
    events: { issued: event({ data: data as typeof Issue, key: (issue) => issue.paper, version }) },
  }) {}

  @Injectable()
  class Office {
    constructor(
      readonly events: Events,
      readonly unitOfWork: UnitOfWork,
    ) {}
  }

  @LocalModule(defineModule(Gazette, { owner: 'team-gazette' }), {
    provider: Nothing,
    providers: [Office],
    features: [database(), outbox()],
  })
  class GazetteModule {}
  return { Gazette, GazetteModule: GazetteModule as Type, Office };
}

class CreateFiled1760000000000 implements ModuleMigration {
  readonly name = 'CreateFiled1760000000000';
  readonly phase = 'expand';
  async up(runner: QueryRunner) {
    await runner.query(
      `CREATE TABLE archive.filed (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, by text, data jsonb, envelope jsonb)`,
    );
  }
  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE archive.filed');
  }
}

/** What subscribers do besides filing; tests make them fail. */
export const mood: { trouble: (data: any, envelope: EventEnvelope) => Promise<void> | void } = { trouble: () => {} };

export type Heard = readonly [method: string, event: EventType<any>, options?: OnOptions];

/** A module that hears the events, each with a method of the given name, and files what it heard. */
export function archive(...heard: readonly Heard[]): Type {
  abstract class Archive extends Port({ name: 'archive', version: '1.0.0', operations: {} }) {}

  @Injectable()
  class Clerk {
    constructor(@InjectDataSource() readonly source: DataSource) {}
  }
  for (const [method, type, options] of heard) {
    const file = async function (this: Clerk, data: unknown, envelope: EventEnvelope) {
      await this.source.query('INSERT INTO archive.filed (by, data, envelope) VALUES ($1, $2, $3)', [
        method,
        JSON.stringify(data),
        JSON.stringify(envelope),
      ]);
      await mood.trouble(data, envelope);
    };
    Object.defineProperty(Clerk.prototype, method, { value: file });
    On(type, options)(Clerk.prototype, method, { value: file });
  }

  @LocalModule(defineModule(Archive, { owner: 'team-archive' }), {
    provider: Nothing,
    features: [database({ migrations: [CreateFiled1760000000000] }), subscriptions([Clerk])],
  })
  class ArchiveModule {}
  return ArchiveModule as Type;
}

export const FAST: Partial<RelayOptions> = { sweepMs: 100, backoff: { firstMs: 20, maxMs: 50 } };

/** Processes of a test, on one database. */
export class Processes {
  private readonly running: INestApplicationContext[] = [];
  /** Hears what they log. */
  logger: LoggerService | false = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly transport: (options: Partial<RelayOptions>) => DynamicModule = EventsModule.forRoot,
  ) {}

  async start(modules: readonly Type[], options: Partial<RelayOptions> = {}) {
    @Module({
      imports: [
        MacrolithModule.forRoot({ checks: true }),
        DatabaseModule.forRoot({ url: this.databaseUrl }),
        this.transport({ ...FAST, ...options }),
        ...modules,
      ],
    })
    class Shell {}
    const app = await NestFactory.createApplicationContext(Shell, { logger: this.logger, abortOnError: false });
    this.running.push(app);
    return new Process(app);
  }

  async end(): Promise<void> {
    for (const app of this.running.splice(0)) await app.close();
  }
}

export class Process {
  readonly database: Database;
  readonly operations: EventOperations;

  constructor(readonly app: INestApplicationContext) {
    this.database = app.get(Database, { strict: false });
    this.operations = app.get(EventOperations, { strict: false });
  }

  get<T>(token: Type<T>): T {
    return this.app.get(token, { strict: false });
  }

  get relay(): Relay {
    return this.get(Relay);
  }

  /** Publishes issues in one transaction. */
  async issue(of: ReturnType<typeof gazette>, ...issues: readonly { paper: string; number: number }[]): Promise<void> {
    const office = this.get(of.Office as Type<{ events: Events; unitOfWork: UnitOfWork }>);
    await office.unitOfWork.run(async () => {
      for (const issue of issues) await office.events.publish(of.Gazette.event.issued, issue);
    });
  }

  /** Ends as a process does that is told to. */
  async end(): Promise<void> {
    await this.app.close();
  }

  /** What was filed, as `paper/number`, oldest first. */
  async filed(by?: string): Promise<string[]> {
    const rows = await this.filedRows();
    return rows.filter((row) => by === undefined || row.by === by).map(({ data }) => `${data.paper}/${data.number}`);
  }

  async filedRows(): Promise<{ by: string; data: Record<string, any>; envelope: EventEnvelope }[]> {
    const { rows } = await this.database
      .of('archive')
      .query('SELECT by, data, envelope FROM archive.filed ORDER BY id');
    return rows as never;
  }

  /** Rows of the publisher's schema. */
  async query<Row extends object = Record<string, any>>(text: string, values?: readonly unknown[]): Promise<Row[]> {
    return (await this.database.of('gazette').query<Row>(text, values)).rows;
  }
}

export async function until(happened: () => Promise<boolean> | boolean, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await happened())) {
    if (Date.now() > deadline) throw new Error(`Did not happen within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function issues(paper: string, count: number, first = 1): { paper: string; number: number }[] {
  return Array.from({ length: count }, (_, index) => ({ paper, number: first + index }));
}
