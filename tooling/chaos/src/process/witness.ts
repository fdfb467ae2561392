import { command, type DataOf, event, type InputOf, type OutputOf, Port, z } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { database, type ModuleMigration, Transactional } from '@macrolith/data';
import { Events, outbox } from '@macrolith/events';
import { routes } from '@macrolith/http';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';

const Statement = z.object({ topic: z.string(), number: z.int() });

/** Says things under a number that counts for each topic. What it said is what others must have heard. */
export abstract class Witness extends Port({
  name: 'witness',
  version: '1.0.0',
  operations: {
    /** Says the next thing of each topic, in one transaction. */
    say: command({ input: z.object({ topics: z.array(z.string()) }), output: z.array(Statement) }),
  },
  events: { said: event({ data: Statement, key: (statement) => statement.topic }) },
}) {}

export type Said = DataOf<typeof Witness.event.said>;

class CreateSaid1790000000000 implements ModuleMigration {
  readonly name = 'CreateSaid1790000000000';
  readonly phase = 'expand';
  async up(runner: QueryRunner) {
    await runner.query('CREATE TABLE witness.topic (topic text PRIMARY KEY, said integer NOT NULL)');
  }
  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE witness.topic');
  }
}

@Injectable()
class WitnessService implements Witness {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly events: Events,
  ) {}

  @Transactional()
  async say({ topics }: InputOf<Witness['say']>): Promise<OutputOf<Witness['say']>> {
    const said: Said[] = [];
    // In one order, so that two who say things of the same topics do not wait for each other in a circle.
    for (const topic of [...topics].sort()) {
      const [{ number }] = (await this.source.query(
        `INSERT INTO witness.topic AS known (topic, said) VALUES ($1, 1)
        ON CONFLICT (topic) DO UPDATE SET said = known.said + 1 RETURNING said AS number`,
        [topic],
      )) as [{ number: number }];
      const statement = { topic, number };
      await this.events.publish(Witness.event.said, statement);
      said.push(statement);
    }
    return said;
  }
}

const manifest = defineModule(Witness, {
  owner: 'team-chaos',
  web: [routes(Witness, { say: { route: 'POST /say', status: 200 } })],
});

@LocalModule(manifest, {
  provider: WitnessService,
  features: [database({ migrations: [CreateSaid1790000000000] }), outbox()],
})
export class WitnessModule {}
