/** A desk that places work, and a workshop that does it and keeps a record of when it was at what. */

import { type InputOf, Port, task, z } from '@macrolith/contract';
import { currentContext, defineModule, LocalModule, MacrolithModule, UnitOfWork } from '@macrolith/core';
import { Database, DatabaseModule, database, type ModuleMigration } from '@macrolith/data';
import { outbox, type TaskRule, Tasks, tasks } from '@macrolith/events';
import { EventsModule, type RelayOptions } from '@macrolith/events/local';
import { Injectable, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';

const Piece = z.object({ piece: z.string(), takesMs: z.int().optional() });

export abstract class Workshop extends Port({
  name: 'workshop',
  version: '1.0.0',
  operations: {
    paint: task({ input: Piece }),
    sand: task({ input: Piece }),
    /** Never goes well. */
    polish: task({ input: Piece }),
  },
}) {}

export abstract class Desk extends Port({ name: 'desk', version: '1.0.0', operations: {} }) {}

class CreateJob1760000000000 implements ModuleMigration {
  readonly name = 'CreateJob1760000000000';
  readonly phase = 'expand';
  async up(runner: QueryRunner) {
    await runner.query(`CREATE TABLE workshop.job (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, task text NOT NULL, piece text NOT NULL, message_id uuid NOT NULL,
      process integer NOT NULL, began_at timestamptz NOT NULL DEFAULT clock_timestamp(), ended_at timestamptz)`);
  }
  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE workshop.job');
  }
}

/** Keeps a piece of work from ending until the test lets it. */
export const gates = new Map<string, Promise<void>>();

@Injectable()
class WorkshopService implements Workshop {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  paint(input: InputOf<Workshop['paint']>) {
    return this.work('paint', input);
  }

  sand(input: InputOf<Workshop['sand']>) {
    return this.work('sand', input);
  }

  async polish(input: InputOf<Workshop['polish']>) {
    await this.work('polish', input);
    throw new Error('it does not shine');
  }

  private async work(name: string, { piece, takesMs = 0 }: z.output<typeof Piece>): Promise<void> {
    const [{ id }] = (await this.source.query(
      'INSERT INTO workshop.job (task, piece, message_id, process) VALUES ($1, $2, $3, $4) RETURNING id',
      [name, piece, currentContext().messageId, process.pid],
    )) as [{ id: string }];
    await new Promise((resolve) => setTimeout(resolve, takesMs));
    await gates.get(piece);
    await this.source.query('UPDATE workshop.job SET ended_at = clock_timestamp() WHERE id = $1', [id]);
  }
}

@Injectable()
class Nothing {}

/** Has what a provider of the desk can have injected. */
@Injectable()
export class Clerk {
  constructor(
    readonly tasks: Tasks,
    readonly unitOfWork: UnitOfWork,
  ) {}
}

export interface Rules {
  /** Of the module that does the work. */
  readonly workshop?: readonly TaskRule[];
  /** Of the module that places it. */
  readonly desk?: readonly TaskRule[];
}

export function workshopModules(rules: Rules = {}): Type[] {
  @LocalModule(defineModule(Workshop, { owner: 'team-workshop' }), {
    provider: WorkshopService,
    features: [database({ migrations: [CreateJob1760000000000] }), tasks(rules.workshop ?? [])],
  })
  class WorkshopModule {}

  @LocalModule(defineModule(Desk, { owner: 'team-desk', uses: [Workshop] }), {
    provider: Nothing,
    providers: [Clerk],
    features: [database(), outbox(), tasks(rules.desk ?? [])],
  })
  class DeskModule {}
  return [WorkshopModule, DeskModule];
}

const FAST: Partial<RelayOptions> = { sweepMs: 250, leaseMs: 2_000, backoff: { firstMs: 20, maxMs: 50 } };

/** One process of the workshop, in this process or in one of its own. */
export async function openWorkshop(databaseUrl: string, rules: Rules = {}, relay: Partial<RelayOptions> = {}) {
  @Module({
    imports: [
      MacrolithModule.forRoot({ checks: true }),
      DatabaseModule.forRoot({ url: databaseUrl }),
      EventsModule.forRoot({ ...FAST, ...relay }),
      ...workshopModules(rules),
    ],
  })
  class Shell {}
  const app = await NestFactory.createApplicationContext(Shell, { logger: false, abortOnError: false });
  const get = <T>(token: abstract new (...args: never[]) => T): T => app.get(token as never, { strict: false });
  return { app, get, database: get(Database), clerk: get(Clerk), close: () => app.close() };
}

export type OpenWorkshop = Awaited<ReturnType<typeof openWorkshop>>;
