/** A projection that adds up what the gazette issues: how many numbers of each paper, and their sum. */

import { type DataOf, Port } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { database, type ModuleMigration } from '@macrolith/data';
import { type EventEnvelope, generationOf, On, Projection, Projections, subscriptions } from '@macrolith/events';
import { Injectable, type Type } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, QueryRunner } from 'typeorm';
import type { gazette, Issue, Process } from './gazette.js';

class CreateCirculation1760000000000 implements ModuleMigration {
  readonly name = 'CreateCirculation1760000000000';
  readonly phase = 'expand';
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE ledger.circulation (generation integer, paper text, issues bigint, sum bigint,
        PRIMARY KEY (generation, paper))`);
  }
  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE ledger.circulation');
  }
}

/** How the projection counts, and what stands in its way; tests change it. */
export const counting: {
  weight: number;
  trouble: (
    issue: DataOf<ReturnType<typeof gazette>['Gazette']['event']['issued']>,
    generation: number,
  ) => Promise<void> | void;
} = { weight: 1, trouble: () => {} };

const ADD = `INSERT INTO ledger.circulation AS kept (generation, paper, issues, sum) VALUES ($1, $2, $4, $3)
  ON CONFLICT (generation, paper) DO UPDATE SET issues = kept.issues + excluded.issues, sum = kept.sum + excluded.sum`;

abstract class Ledger extends Port({ name: 'ledger', version: '1.0.0', operations: {} }) {}

@Injectable()
export class LedgerService implements Ledger {
  constructor(readonly projections: Projections) {}
}

/** A module with the projection. */
export function ledger(of: ReturnType<typeof gazette>): Type {
  @Projection('circulation', { tables: ['circulation'] })
  @Injectable()
  class Circulation {
    constructor(@InjectDataSource() private readonly source: DataSource) {}

    async count(issue: { paper: string; number: number }, envelope: EventEnvelope): Promise<void> {
      const generation = generationOf(envelope);
      await this.source.query(ADD, [generation, issue.paper, issue.number, counting.weight]);
      await counting.trouble(issue, generation);
    }
  }
  const method = Object.getOwnPropertyDescriptor(Circulation.prototype, 'count')!;
  On<typeof Issue._output>(of.Gazette.event.issued)(Circulation.prototype, 'count', method);

  @LocalModule(defineModule(Ledger, { owner: 'team-ledger', uses: [of.Gazette] }), {
    provider: LedgerService,
    features: [database({ migrations: [CreateCirculation1760000000000] }), subscriptions([Circulation])],
  })
  class LedgerModule {}
  return LedgerModule;
}

export interface Generation {
  readonly generation: number;
  readonly state: string;
}

/** What a process sees of the projection. */
export class SeenLedger {
  constructor(private readonly process: Process) {}

  get projections(): Projections {
    return this.process.get(LedgerService as Type<LedgerService>).projections;
  }

  /** What the generation that answers has, as `paper: issues/sum`. */
  async answer(): Promise<string[]> {
    return this.rows(`generation = (SELECT generation FROM ledger.projection WHERE state = 'live')`);
  }

  async rows(condition = 'true'): Promise<string[]> {
    const { rows } = await this.process.database
      .of('ledger')
      .query(`SELECT paper, issues, sum FROM ledger.circulation WHERE ${condition} ORDER BY generation, paper`);
    return rows.map(({ paper, issues, sum }) => `${paper}: ${issues}/${sum}`);
  }

  async generations(): Promise<string[]> {
    const { rows } = await this.process.database
      .of('ledger')
      .query<Generation>('SELECT generation, state FROM ledger.projection ORDER BY generation');
    return rows.map(({ generation, state }) => `${generation} ${state}`);
  }

  /** Who is registered with the log. */
  async consumers(): Promise<string[]> {
    const rows = await this.process.query<{ name: string }>('SELECT name FROM gazette.consumer ORDER BY name');
    return rows.map(({ name }) => name);
  }
}
