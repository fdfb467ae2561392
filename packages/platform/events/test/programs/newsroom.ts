/** The newsroom, over NATS where `NATS_URL` says where that is: prints a number of editions, each a story of every topic, when it is told how many. */
import { MacrolithModule } from '@macrolith/core';
import { DatabaseModule } from '@macrolith/data';
import * as local from '@macrolith/events/local';
import * as overNats from '@macrolith/events/nats';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Press, PressModule, ReadersModule } from '../newsroom.js';

const TOPICS = ['tea', 'rain', 'bees'];

const { EventsModule } = process.env.NATS_URL === undefined ? local : overNats;

@Module({
  imports: [
    MacrolithModule.forRoot(),
    DatabaseModule.forRoot({ url: process.env.DATABASE_URL ?? '' }),
    EventsModule.forRoot({ sweepMs: 100, leaseMs: 500, concurrency: 2, backoff: { firstMs: 20, maxMs: 50 } }),
    PressModule,
    ReadersModule,
  ],
})
class Newsroom {}

const app = await NestFactory.createApplicationContext(Newsroom, { logger: false, abortOnError: false });
app.enableShutdownHooks(['SIGTERM'], { useProcessExit: true });
const press = app.get(Press, { strict: false });
process.on('message', async ({ from, to }: { from: number; to: number }) => {
  for (let number = from; number <= to; number += 1) {
    await press.print({ stories: TOPICS.map((topic) => ({ topic, number })) });
  }
});
process.send?.({ ready: 'printing' });
