import { event, Port, z } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { database, type ModuleMigration } from '@macrolith/data';
import { Events, On, outbox, subscriptions } from '@macrolith/events';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';
import { type Said, Witness } from './witness.js';

const Noted = z.object({ topic: z.string(), number: z.int() });

/** Writes down what it hears, and says that it did, which it hears, too: a chain of two effects. */
abstract class Notebook extends Port({
  name: 'notebook',
  version: '1.0.0',
  operations: {},
  events: { noted: event({ data: Noted, key: (note) => note.topic }) },
}) {}

class CreateHeard1790000000000 implements ModuleMigration {
  readonly name = 'CreateHeard1790000000000';
  readonly phase = 'expand';
  async up(runner: QueryRunner) {
    // Nothing here refuses a second effect or another order: that is what is to be found out.
    for (const table of ['heard', 'confirmed']) {
      await runner.query(
        `CREATE TABLE notebook.${table} (id bigint GENERATED ALWAYS AS IDENTITY, topic text NOT NULL, number integer NOT NULL)`,
      );
    }
  }
  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE notebook.heard, notebook.confirmed');
  }
}

@Injectable()
class Nothing {}

@Injectable()
class Writer {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly events: Events,
  ) {}

  @On(Witness.event.said)
  async note({ topic, number }: Said): Promise<void> {
    await this.source.query('INSERT INTO notebook.heard (topic, number) VALUES ($1, $2)', [topic, number]);
    await this.events.publish(Notebook.event.noted, { topic, number });
  }

  @On(Notebook.event.noted)
  async confirm({ topic, number }: z.output<typeof Noted>): Promise<void> {
    await this.source.query('INSERT INTO notebook.confirmed (topic, number) VALUES ($1, $2)', [topic, number]);
  }
}

@LocalModule(defineModule(Notebook, { owner: 'team-chaos', uses: [Witness] }), {
  provider: Nothing,
  features: [database({ migrations: [CreateHeard1790000000000] }), outbox(), subscriptions([Writer])],
})
export class NotebookModule {}
