import { MacrolithModule } from '@macrolith/core';
import { Database, DatabaseModule } from '@macrolith/data';
import { EventsModule, type RelayOptions } from '@macrolith/events/local';
import { type DeliveryState, EventOperations } from '@macrolith/events/operations';
import type { TestDatabase } from '@macrolith/local-services';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Diary, Press, PressModule, ReadersModule, type Story } from '../newsroom.js';

const FAST: Partial<RelayOptions> = { sweepMs: 100, maxAttempts: 2, backoff: { firstMs: 20, maxMs: 50 } };

export const REASON = { who: 'grace', why: 'the printer is mended' };

export const story = (topic: string, number: number): Story => ({ topic, number });

/** The newsroom as a shell, with what people can do about its events. */
export class NewsroomShell {
  private constructor(
    private readonly app: INestApplicationContext,
    readonly operations: EventOperations,
    readonly diary: Diary,
    readonly press: Press,
  ) {}

  static async boot(database: TestDatabase, options: Partial<RelayOptions> = {}): Promise<NewsroomShell> {
    @Module({
      imports: [
        MacrolithModule.forRoot({ checks: true }),
        DatabaseModule.forRoot({ url: database.url }),
        EventsModule.forRoot({ ...FAST, ...options }),
        PressModule,
        ReadersModule,
      ],
    })
    class Shell {}
    const app = await NestFactory.createApplicationContext(Shell, { logger: false, abortOnError: false });
    const get = <T>(token: abstract new (...args: never[]) => T): T => app.get(token as never, { strict: false });
    return new NewsroomShell(app, get(EventOperations), get(Diary), get(Press));
  }

  print(...stories: readonly Story[]): Promise<void> {
    return this.press.print({ stories: [...stories] });
  }

  /** What the reader has noted, in its order. */
  async notes(): Promise<readonly string[]> {
    const { rows } = await this.app
      .get(Database, { strict: false })
      .of('readers')
      .query<{ topic: string; number: number }>('SELECT topic, number FROM readers.note ORDER BY id');
    return rows.map(({ topic, number }) => `${topic}/${number}`);
  }

  /** The state of each delivery, the oldest message first. */
  async states(): Promise<readonly DeliveryState[]> {
    const { items } = await this.operations.deliveries.list({}, { limit: 200 });
    return items.map(({ state }) => state).toReversed();
  }

  /** The id of the message that was published with this key, the oldest first. */
  async messageOf(key: string, nth = 0): Promise<string> {
    const { messages } = await this.operations.messages.story({ key });
    return messages[nth]!.messageId;
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
