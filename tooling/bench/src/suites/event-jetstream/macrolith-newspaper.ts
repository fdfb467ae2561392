import { type DataOf, event, Port, z } from '@macrolith/contract';
import { defineModule, LocalModule, MacrolithModule, UnitOfWork } from '@macrolith/core';
import { Database, DatabaseModule, database, type ModuleMigration } from '@macrolith/data';
import { Events, On, outbox, subscriptions } from '@macrolith/events';
import { EventsModule } from '@macrolith/events/nats';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { QueryRunner } from 'typeorm';
import { type Newspaper, TOPICS } from './newspaper.js';

abstract class Press extends Port({
  name: 'press',
  version: '1.0.0',
  operations: {},
  events: {
    printed: event({
      data: z.object({ number: z.int(), topic: z.string() }),
      key: ({ topic }) => topic,
    }),
  },
}) {}

abstract class Readers extends Port({ name: 'readers', version: '1.0.0', operations: {} }) {}

@Injectable()
class Printer {
  constructor(
    private readonly events: Events,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
  ) {}

  print(number: number): Promise<void> {
    return this.unitOfWork.run(async () => {
      await this.database.of('press').query('INSERT INTO press.story (number) VALUES ($1)', [number]);
      await this.events.publish(Press.event.printed, { number, topic: `t${number % TOPICS}` });
    });
  }
}

@Injectable()
class Reader {
  heard: (number: number) => void = () => {};

  constructor(private readonly database: Database) {}

  @On(Press.event.printed)
  async read({ number }: DataOf<typeof Press.event.printed>): Promise<void> {
    this.heard(number);
    await this.database.of('readers').query('INSERT INTO readers.note (number) VALUES ($1)', [number]);
  }
}

function creating(table: string, stamp: string) {
  return class implements ModuleMigration {
    readonly name = `Create${stamp}`;
    readonly phase = 'expand';
    async up(runner: QueryRunner) {
      await runner.query(`CREATE TABLE ${table} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, number integer)`);
    }
    async down(runner: QueryRunner) {
      await runner.query(`DROP TABLE ${table}`);
    }
  };
}

@LocalModule(defineModule(Press, { owner: 'team-bench' }), {
  provider: Printer,
  features: [database({ migrations: [creating('press.story', '1760000000000')] }), outbox()],
})
class PressModule {}

@LocalModule(defineModule(Readers, { owner: 'team-bench' }), {
  provider: Reader,
  features: [database({ migrations: [creating('readers.note', '1760000000000')] }), subscriptions([Reader])],
})
class ReadersModule {}

/** Outbox, stream, ordered copy, inbox: all in one process. */
export async function macrolithNewspaper(databaseUrl: string, natsUrl: string): Promise<Newspaper> {
  @Module({
    imports: [
      MacrolithModule.forRoot(),
      DatabaseModule.forRoot({ url: databaseUrl, poolSize: 32 }),
      EventsModule.forRoot({ servers: natsUrl, system: 'bench' }),
      PressModule,
      ReadersModule,
    ],
  })
  class Shell {}
  const app = await NestFactory.createApplicationContext(Shell, { logger: false, abortOnError: false });
  const printer = app.get(Printer, { strict: false });
  const reader = app.get(Reader, { strict: false });
  const readers = app.get(Database, { strict: false }).of('readers');
  return {
    name: 'macrolith',
    print: (number) => printer.print(number),
    onHeard: (heard) => {
      reader.heard = heard;
    },
    stored: async () => (await readers.query<{ n: number }>('SELECT count(*)::int AS n FROM readers.note')).rows[0]!.n,
    close: () => app.close(),
  };
}
