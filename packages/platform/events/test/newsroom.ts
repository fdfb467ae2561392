/** Two modules with tables of their own: one publishes, the other hears. */

import { command, type DataOf, event, type InputOf, Port, task, z } from '@macrolith/contract';
import { type CallContext, currentContext, defineModule, LocalModule } from '@macrolith/core';
import { database, Transactional } from '@macrolith/data';
import { Events, On, outbox, subscriptions } from '@macrolith/events';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Column, Entity, PrimaryColumn, type QueryRunner, Repository } from 'typeorm';

const Story = z.object({ topic: z.string(), number: z.int(), broken: z.boolean().optional() });
export type Story = z.output<typeof Story>;

export abstract class Press extends Port({
  name: 'press',
  version: '1.0.0',
  operations: {
    print: command({ input: z.object({ stories: z.array(Story), fail: z.boolean().optional() }) }),
    printWithACaughtMishap: command({ input: z.object({ kept: Story, dropped: Story }) }),
    orderRecount: command({ input: z.object({ topic: z.string() }) }),
  },
  events: { printed: event({ data: Story, key: (story) => story.topic }) },
}) {}

export abstract class Readers extends Port({
  name: 'readers',
  version: '1.0.0',
  operations: { recount: task({ input: z.object({ topic: z.string() }) }) },
  events: { amused: event({ data: Story, key: (story) => story.topic }) },
}) {}

@Entity({ schema: 'press', name: 'story' })
export class StoryRow {
  @PrimaryColumn('text') topic!: string;
  @PrimaryColumn('integer') number!: number;
}

@Entity({ schema: 'readers', name: 'note' })
export class NoteRow {
  @PrimaryColumn('bigint', { generated: 'increment' }) id!: string;
  @Column('text') topic!: string;
  @Column('integer') number!: number;
}

class CreateStory1760000000000 {
  readonly name = 'CreateStory1760000000000';
  readonly phase = 'expand';
  async up(runner: QueryRunner) {
    await runner.query('CREATE TABLE press.story (topic text, number integer, PRIMARY KEY (topic, number))');
  }
  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE press.story');
  }
}

class CreateNote1760000000000 {
  readonly name = 'CreateNote1760000000000';
  readonly phase = 'expand';
  async up(runner: QueryRunner) {
    await runner.query(
      'CREATE TABLE readers.note (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, topic text NOT NULL, number integer NOT NULL)',
    );
  }
  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE readers.note');
  }
}

@Injectable()
export class PressService implements Press {
  constructor(
    @InjectRepository(StoryRow) private readonly stories: Repository<StoryRow>,
    private readonly events: Events,
    private readonly readers: Readers,
  ) {}

  @Transactional()
  async print({ stories, fail }: InputOf<Press['print']>) {
    for (const story of stories) await this.publish(story);
    if (fail) throw new Error('the press jammed');
  }

  @Transactional()
  async printWithACaughtMishap({ kept, dropped }: InputOf<Press['printWithACaughtMishap']>) {
    await this.publish(kept);
    await this.mishap(dropped).catch(() => {});
  }

  @Transactional()
  async orderRecount(input: InputOf<Press['orderRecount']>) {
    await this.readers.recount(input);
  }

  /** Publishes where no transaction runs. */
  publishAlone(story: Story) {
    return this.events.publish(Press.event.printed, story);
  }

  publishForeign(story: Story) {
    return this.events.publish(Readers.event.amused, story);
  }

  @Transactional()
  private async mishap(story: Story) {
    await this.publish(story);
    throw new Error('a mishap');
  }

  private async publish({ topic, number, broken }: Story) {
    await this.stories.insert({ topic, number });
    await this.events.publish(Press.event.printed, { topic, number, ...(broken ? { broken } : {}) });
  }
}

/** What the subscriber and the task met, for assertions; `trouble` makes them fail as often as told. */
@Injectable()
export class Diary {
  readonly recounts: { topic: string; messageId: string | undefined }[] = [];
  readonly attempts: string[] = [];
  readonly contexts: CallContext[] = [];
  trouble: (story: Story) => Error | undefined | Promise<Error | undefined> = () => undefined;
}

@Injectable()
export class Reader {
  constructor(
    @InjectRepository(NoteRow) private readonly notes: Repository<NoteRow>,
    private readonly diary: Diary,
  ) {}

  @On(Press.event.printed)
  async read(story: DataOf<typeof Press.event.printed>) {
    this.diary.attempts.push(`${story.topic}/${story.number}`);
    const { transaction, ...context } = currentContext();
    this.diary.contexts.push(context);
    await this.notes.insert({ topic: story.topic, number: story.number });
    const trouble = await this.diary.trouble(story);
    if (trouble !== undefined) throw trouble;
  }
}

@Injectable()
export class ReadersService implements Readers {
  constructor(private readonly diary: Diary) {}

  async recount({ topic }: InputOf<Readers['recount']>) {
    this.diary.recounts.push({ topic, messageId: currentContext().messageId });
  }
}

export const press = defineModule(Press, { owner: 'team-press', uses: [Readers] });
export const readers = defineModule(Readers, { owner: 'team-readers', uses: [Press] });

@LocalModule(press, {
  provider: PressService,
  features: [database({ entities: [StoryRow], migrations: [CreateStory1760000000000] }), outbox()],
})
export class PressModule {}

@LocalModule(readers, {
  provider: ReadersService,
  providers: [Diary],
  features: [database({ entities: [NoteRow], migrations: [CreateNote1760000000000] }), subscriptions([Reader])],
})
export class ReadersModule {}
