import { Port, query, z } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { outbox } from '@macrolith/events';
import { Injectable } from '@nestjs/common';
import { Notifications } from '../src/index.js';

/** Somebody who sends messages. A task is queued in its caller's outbox, so a test needs a caller that has one. */
export abstract class Desk extends Port({
  name: 'desk',
  version: '0.1.0',
  operations: { isOpen: query({ output: z.boolean() }) },
}) {}

@Injectable()
class DeskService implements Desk {
  async isOpen(): Promise<boolean> {
    return true;
  }
}

const desk = defineModule(Desk, { owner: 'team-tests', uses: [Notifications] });

@LocalModule(desk, {
  provider: DeskService,
  features: [database({ entities: [], migrations: [] }), outbox()],
})
export class DeskModule {}
