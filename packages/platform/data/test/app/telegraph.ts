import { command, defineError, type ErrorClass, type InputOf, Port, z } from '@macrolith/contract';
import { currentContext, defineModule, LocalModule } from '@macrolith/core';
import { Injectable } from '@nestjs/common';
import { database } from '../../src/index.js';

export class LineCut extends defineError('telegraph.line-cut', { to: z.string() }, (e) => `No line to ${e.to}.`) {}

export class StormComing extends defineError('telegraph.storm-coming', {}, () => 'A storm is coming.') {}

/** Versions of one contract are declared at one place: a process takes two places for two copies of its package. */
function telegraphOf(version: string, message: z.ZodObject<{ to: z.ZodString }>, errors: ErrorClass[] = []) {
  return Port({
    name: 'telegraph',
    version,
    operations: {
      send: command({
        input: message,
        output: z.object({ receipt: z.string() }),
        errors: [LineCut, ...errors],
        external: true,
      }),
    },
  });
}

/** A module that acts on the world. */
export abstract class Telegraph extends telegraphOf('1.0.0', z.object({ to: z.string() })) {}

/** The same module a minor version later: a newer caller may ask for haste, and hears of storms. */
export abstract class FasterTelegraph extends telegraphOf(
  '1.1.0',
  z.object({ to: z.string(), isUrgent: z.boolean().default(false) }),
  [StormComing],
) {}

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
    if (to === 'storm') throw new StormComing({});
    await this.afterwards();
    return { receipt: `${to}/${key}` };
  }
}

@LocalModule(defineModule(FasterTelegraph, { owner: 'team-wires' }), {
  provider: TelegraphService,
  features: [database()],
})
export class FasterTelegraphModule {}

const telegraph = defineModule(Telegraph, { owner: 'team-wires' });

@LocalModule(telegraph, { provider: TelegraphService, features: [database()] })
export class TelegraphModule {}
