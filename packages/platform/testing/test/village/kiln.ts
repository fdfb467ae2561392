/** A miniature module that works for others: a kiln with room for two pots, and with work that never goes well. */
import { type InputOf, Port, query, task, z } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { limit, retry, tasks } from '@macrolith/events';
import { Injectable } from '@nestjs/common';

const Pot = z.object({ pot: z.string() });

export abstract class Kiln extends Port({
  name: 'kiln',
  version: '1.0.0',
  operations: {
    /** Two at once. */
    fire: task({ input: Pot }),
    /** Never goes well, and is tried three times. */
    glaze: task({ input: Pot }),
    /** Never goes well, and is tried once. */
    polish: task({ input: Pot }),
    diary: query({ output: z.object({ fired: z.array(z.string()), mostInside: z.int(), processId: z.int() }) }),
  },
}) {}

@Injectable()
class KilnService implements Kiln {
  private inside = 0;
  private mostInside = 0;
  private readonly fired: string[] = [];

  async fire({ pot }: InputOf<Kiln['fire']>) {
    this.inside += 1;
    this.mostInside = Math.max(this.mostInside, this.inside);
    await new Promise((resolve) => setTimeout(resolve, 100));
    this.inside -= 1;
    this.fired.push(pot);
  }

  async glaze() {
    throw new Error('it has cracked');
  }

  async polish() {
    throw new Error('no cloth');
  }

  async diary() {
    return { fired: this.fired, mostInside: this.mostInside, processId: process.pid };
  }
}

@LocalModule(defineModule(Kiln, { owner: 'team-pots' }), {
  provider: KilnService,
  features: [
    database(),
    tasks([
      limit(Kiln.op.fire, 2),
      retry(Kiln.op.glaze, { maxAttempts: 3, backoff: { firstMs: 1 } }),
      retry(Kiln.op.polish, { maxAttempts: 1 }),
    ]),
  ],
})
export class KilnModule {}
