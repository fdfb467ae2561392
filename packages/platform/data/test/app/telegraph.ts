import { command, defineError, type InputOf, Port, z } from '@macrolith/contract';
import { currentContext, defineModule, LocalModule } from '@macrolith/core';
import { Injectable } from '@nestjs/common';
import { database } from '../../src/index.js';

export class LineCut extends defineError('telegraph.line-cut', { to: z.string() }, (e) => `No line to ${e.to}.`) {}

/** A module that acts on the world. */
export abstract class Telegraph extends Port({
  name: 'telegraph',
  version: '1.0.0',
  operations: {
    send: command({
      input: z.object({ to: z.string() }),
      output: z.object({ receipt: z.string() }),
      errors: [LineCut],
      external: true,
    }),
  },
}) {}

/** Remembers what went over the wire under which key, and answers the same key the same. */
@Injectable()
export class TelegraphService implements Telegraph {
  readonly calls: { to: string; key: string | undefined }[] = [];
  /** What happens after the message is out, before the answer is here. */
  afterwards: () => Promise<void> = async () => {};

  async send({ to }: InputOf<Telegraph['send']>): Promise<{ receipt: string }> {
    const key = currentContext().idempotencyKey;
    this.calls.push({ to, key });
    if (to === 'nowhere') throw new LineCut({ to });
    await this.afterwards();
    return { receipt: `${to}/${key}` };
  }
}

const telegraph = defineModule(Telegraph, { owner: 'team-wires' });

@LocalModule(telegraph, { provider: TelegraphService, features: [database()] })
export class TelegraphModule {}
