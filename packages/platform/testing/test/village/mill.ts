/** A miniature module: a mill that grinds flour. It says what it ground, and has its stones sharpened some time later. */
import { command, defineError, event, type InputOf, Port, query, task, z } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { bigintColumn, database, Transactional } from '@macrolith/data';
import { Events, outbox } from '@macrolith/events';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Column, Entity, PrimaryColumn, type QueryRunner, Repository } from 'typeorm';

export class OutOfFlour extends defineError(
  'mill.out-of-flour',
  { batch: z.string(), left: z.int() },
  (e) => `Only ${e.left} g of batch ${e.batch} are left.`,
  { kind: 'conflict' },
) {}

export abstract class Mill extends Port({
  name: 'mill',
  version: '1.0.0',
  operations: {
    grind: command({ input: z.object({ batch: z.string(), grams: z.int().positive() }) }),
    take: command({
      input: z.object({ batch: z.string(), grams: z.int().positive() }),
      output: z.object({ left: z.int() }),
      errors: [OutOfFlour],
    }),
    left: query({ input: z.object({ batch: z.string() }), output: z.int() }),
    /** Some time soon. A blunt stone takes two attempts. */
    sharpen: task({ input: z.object({ stone: z.string(), blunt: z.boolean().optional() }) }),
    sharpened: query({ output: z.array(z.string()) }),
  },
  events: { ground: event({ data: z.object({ batch: z.string(), grams: z.int() }), key: (e) => e.batch }) },
}) {}

@Entity({ schema: 'mill', name: 'batch' })
class BatchRow {
  @PrimaryColumn('text')
  batch!: string;

  @Column('bigint', { transformer: bigintColumn })
  grams!: bigint;
}

@Entity({ schema: 'mill', name: 'stone' })
class StoneRow {
  @PrimaryColumn('text')
  stone!: string;
}

class CreateMill1760000000000 {
  readonly name = 'CreateMill1760000000000';
  readonly phase = 'expand';
  async up(runner: QueryRunner) {
    await runner.query('CREATE TABLE mill.batch (batch text PRIMARY KEY, grams bigint NOT NULL)');
    await runner.query('CREATE TABLE mill.stone (stone text PRIMARY KEY)');
  }
  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE mill.batch, mill.stone');
  }
}

@Injectable()
export class MillService implements Mill {
  private readonly blunt = new Set<string>();

  constructor(
    @InjectRepository(BatchRow) private readonly batches: Repository<BatchRow>,
    @InjectRepository(StoneRow) private readonly stones: Repository<StoneRow>,
    private readonly events: Events,
  ) {}

  @Transactional()
  async grind({ batch, grams }: InputOf<Mill['grind']>): Promise<void> {
    await this.batches.insert({ batch, grams: BigInt(grams) });
    await this.events.publish(Mill.event.ground, { batch, grams });
  }

  @Transactional()
  async take({ batch, grams }: InputOf<Mill['take']>): Promise<{ left: number }> {
    const row = await this.batches.findOne({ where: { batch }, lock: { mode: 'pessimistic_write' } });
    const left = Number(row?.grams ?? 0n) - grams;
    if (left < 0) throw new OutOfFlour({ batch, left: left + grams });
    await this.batches.update({ batch }, { grams: BigInt(left) });
    return { left };
  }

  async left({ batch }: InputOf<Mill['left']>): Promise<number> {
    const row = await this.batches.findOneBy({ batch });
    return Number(row?.grams ?? 0n);
  }

  async sharpen({ stone, blunt = false }: InputOf<Mill['sharpen']>): Promise<void> {
    if (blunt && !this.blunt.has(stone)) {
      this.blunt.add(stone);
      throw new Error(`The stone ${stone} is blunt.`);
    }
    await this.stones.upsert({ stone }, ['stone']);
  }

  async sharpened(): Promise<string[]> {
    const stones = await this.stones.find({ order: { stone: 'ASC' } });
    return stones.map(({ stone }) => stone);
  }
}

@LocalModule(defineModule(Mill, { owner: 'team-mill' }), {
  provider: MillService,
  features: [database({ entities: [BatchRow, StoneRow], migrations: [CreateMill1760000000000] }), outbox()],
})
export class MillModule {}

/** The mill in memory. */
export class FakeMill implements Mill {
  readonly stones = new Set<string>();
  private readonly batches = new Map<string, number>();
  private readonly blunt = new Set<string>();

  async grind({ batch, grams }: InputOf<Mill['grind']>): Promise<void> {
    this.batches.set(batch, grams);
  }

  async take({ batch, grams }: InputOf<Mill['take']>): Promise<{ left: number }> {
    const there = this.batches.get(batch) ?? 0;
    if (there < grams) throw new OutOfFlour({ batch, left: there });
    this.batches.set(batch, there - grams);
    return { left: there - grams };
  }

  async left({ batch }: InputOf<Mill['left']>): Promise<number> {
    return this.batches.get(batch) ?? 0;
  }

  async sharpen({ stone, blunt = false }: InputOf<Mill['sharpen']>): Promise<void> {
    if (blunt && !this.blunt.has(stone)) {
      this.blunt.add(stone);
      throw new Error(`The stone ${stone} is blunt.`);
    }
    this.stones.add(stone);
  }

  async sharpened(): Promise<string[]> {
    return [...this.stones].sort();
  }
}
