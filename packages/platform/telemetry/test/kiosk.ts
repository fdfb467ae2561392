/** Two modules with tables of their own: a kiosk sells, and its depot hears of it, writes it down and orders more. */
import { command, type DataOf, defineError, event, type InputOf, Port, query, task, z } from '@macrolith/contract';
import { currentContext, defineModule, LocalModule } from '@macrolith/core';
import { database, Transactional } from '@macrolith/data';
import { Events, On, outbox, subscriptions } from '@macrolith/events';
import { routes } from '@macrolith/http';
import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { trace } from '@opentelemetry/api';
import { Column, Entity, PrimaryColumn, type QueryRunner, Repository } from 'typeorm';

export class SoldOut extends defineError(
  'depot.sold-out',
  { sku: z.string() },
  ({ sku }) => `There is no ${sku} left.`,
  { kind: 'conflict' },
) {}

const Sale = z.object({ sku: z.string() });

export abstract class Depot extends Port({
  name: 'depot',
  version: '1.0.0',
  operations: {
    level: query({ input: Sale, output: z.int() }),
    take: command({ input: Sale, output: z.int(), errors: [SoldOut] }),
    restock: task({ input: Sale }),
  },
}) {}

export abstract class Kiosk extends Port({
  name: 'kiosk',
  version: '1.0.0',
  operations: {
    look: query({ input: Sale, output: z.int() }),
    sell: command({ input: Sale, output: z.int(), errors: [SoldOut] }),
    stumble: command({ input: Sale }),
  },
  events: { sold: event({ data: Sale, key: ({ sku }) => sku }) },
}) {}

@Entity({ schema: 'kiosk', name: 'sale' })
export class SaleRow {
  @PrimaryColumn('bigint', { generated: 'increment' }) id!: string;
  @Column('text') sku!: string;
}

@Entity({ schema: 'depot', name: 'note' })
export class NoteRow {
  @PrimaryColumn('bigint', { generated: 'increment' }) id!: string;
  @Column('text') sku!: string;
}

class CreateSale1760000000000 {
  readonly name = 'CreateSale1760000000000';
  readonly phase = 'expand';
  async up(runner: QueryRunner) {
    await runner.query(
      'CREATE TABLE kiosk.sale (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sku text NOT NULL)',
    );
  }
  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE kiosk.sale');
  }
}

class CreateNote1760000000000 {
  readonly name = 'CreateNote1760000000000';
  readonly phase = 'expand';
  async up(runner: QueryRunner) {
    await runner.query(
      'CREATE TABLE depot.note (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sku text NOT NULL)',
    );
  }
  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE depot.note');
  }
}

@Injectable()
export class KioskService implements Kiosk {
  constructor(
    @InjectRepository(SaleRow) private readonly sales: Repository<SaleRow>,
    private readonly depot: Depot,
    private readonly events: Events,
  ) {}

  look(sale: InputOf<Kiosk['look']>) {
    return this.depot.level(sale);
  }

  @Transactional()
  async sell({ sku }: InputOf<Kiosk['sell']>) {
    const left = await this.depot.take({ sku });
    await this.sales.insert({ sku });
    await this.events.publish(Kiosk.event.sold, { sku });
    return left;
  }

  async stumble({ sku }: InputOf<Kiosk['stumble']>): Promise<void> {
    throw new TypeError(`a stone named ${sku}`);
  }
}

/** The place in the trace in which the last work was done. */
@Injectable()
export class Diary {
  readonly restocked: (string | undefined)[] = [];
}

@Injectable()
export class DepotService implements Depot {
  private readonly logger = new Logger('Depot');

  constructor(private readonly diary: Diary) {}

  async level({ sku }: InputOf<Depot['level']>) {
    return sku === 'nothing' ? 0 : 3;
  }

  async take({ sku }: InputOf<Depot['take']>) {
    if (sku === 'nothing') throw new SoldOut({ sku });
    this.logger.log('taken');
    return 2;
  }

  async restock() {
    // As a library would that knows nothing of the platform.
    trace.getTracer('a library').startActiveSpan('telephone', (span) => span.end());
    this.diary.restocked.push(currentContext().traceparent);
  }
}

@Injectable()
export class Bookkeeper {
  constructor(
    @InjectRepository(NoteRow) private readonly notes: Repository<NoteRow>,
    private readonly depot: Depot,
  ) {}

  @On(Kiosk.event.sold)
  async note({ sku }: DataOf<typeof Kiosk.event.sold>) {
    await this.notes.insert({ sku });
    if ((await this.depot.level({ sku })) < 5) await this.depot.restock({ sku });
  }
}

const KioskRoutes = routes(Kiosk, {
  look: 'GET /articles/:sku',
  sell: 'POST /sales',
  stumble: 'POST /stumbles',
});

@LocalModule(defineModule(Kiosk, { owner: 'team-kiosk', uses: [Depot], web: [KioskRoutes] }), {
  provider: KioskService,
  features: [database({ entities: [SaleRow], migrations: [CreateSale1760000000000] }), outbox()],
})
export class KioskModule {}

@LocalModule(defineModule(Depot, { owner: 'team-depot', uses: [Kiosk] }), {
  provider: DepotService,
  providers: [Diary],
  features: [
    database({ entities: [NoteRow], migrations: [CreateNote1760000000000] }),
    outbox(),
    subscriptions([Bookkeeper]),
  ],
})
export class DepotModule {}
