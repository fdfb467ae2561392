import { setTimeout as pause } from 'node:timers/promises';
import type { InputOf, OutputOf } from '@macrolith/contract';
import { LocalModule } from '@macrolith/core';
import { database, type ModuleMigration, Transactional } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';
import { type Tally, tally } from './tally.js';

/** So long that there is always a call in the hands of a process that is killed. */
const WORK_MS = 5;

class CreateMark1790000000000 implements ModuleMigration {
  readonly name = 'CreateMark1790000000000';
  readonly phase = 'expand';
  async up(runner: QueryRunner) {
    // Nothing here refuses a second mark: that is what is to be found out.
    await runner.query(
      'CREATE TABLE tally.mark (id bigint GENERATED ALWAYS AS IDENTITY, call text NOT NULL, process integer NOT NULL)',
    );
  }
  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE tally.mark');
  }
}

@Injectable()
class TallyService implements Tally {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  async look(_: InputOf<Tally['look']>): Promise<OutputOf<Tally['look']>> {
    await pause(WORK_MS);
    return { process: process.pid };
  }

  @Transactional()
  async mark({ call }: InputOf<Tally['mark']>): Promise<OutputOf<Tally['mark']>> {
    await this.source.query('INSERT INTO tally.mark (call, process) VALUES ($1, $2)', [call, process.pid]);
    await pause(WORK_MS);
    return { process: process.pid };
  }
}

@LocalModule(tally, { provider: TallyService, features: [database({ migrations: [CreateMark1790000000000] })] })
export class TallyModule {}
