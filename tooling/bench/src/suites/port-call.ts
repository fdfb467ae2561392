import { command, type InputOf, Port, query, z } from '@macrolith/contract';
import { defineModule, LocalModule, MacrolithModule } from '@macrolith/core';
import { type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Contender, Suite } from '../harness/comparison.js';

abstract class Counter extends Port({
  name: 'counter',
  version: '1.0.0',
  operations: {
    peek: query({ input: z.object({ by: z.int() }), output: z.int() }),
    add: command({ input: z.object({ by: z.int() }), output: z.int() }),
  },
}) {}

@Injectable()
class CounterService implements Counter {
  private value = 0;
  async peek({ by }: InputOf<Counter['peek']>) {
    return this.value + by;
  }
  async add({ by }: InputOf<Counter['add']>) {
    this.value = (this.value + by) | 0;
    return this.value;
  }
}

@LocalModule(defineModule(Counter, { owner: 'team-bench' }), { provider: CounterService })
class CounterModule {}

@Module({ imports: [MacrolithModule.forRoot(), CounterModule] })
class Shell {}

/** What a call through the binding costs over calling the object directly. */
export const portCall: Suite = {
  name: 'port-call',
  async run(run, { quick }) {
    const app: INestApplicationContext = await NestFactory.createApplicationContext(Shell, { logger: false });
    const port = app.get(Counter, { strict: false });
    const service = new CounterService();
    const calls = quick ? 200_000 : 2_000_000;
    const input = { by: 1 };
    const common = { suite: 'port-call', unit: 'ns', rounds: 15 };
    // Each loop is a function of its own, so that none makes another's call site polymorphic.
    await run({
      ...common,
      case: 'query, awaited',
      metric: 'time per call',
      ours: loop('port', calls, async (n) => {
        for (let i = 0; i < n; i += 1) await port.peek(input);
      }),
      peers: [
        loop('direct method call', calls, async (n) => {
          for (let i = 0; i < n; i += 1) await service.peek(input);
        }),
      ],
    });
    await run({
      ...common,
      case: 'command outside a transaction, awaited',
      metric: 'time per call',
      ours: loop('port', calls, async (n) => {
        for (let i = 0; i < n; i += 1) await port.add(input);
      }),
      peers: [
        loop('direct method call', calls, async (n) => {
          for (let i = 0; i < n; i += 1) await service.add(input);
        }),
      ],
    });
    await app.close();
  },
};

function loop(name: string, calls: number, work: (calls: number) => Promise<void>): Contender {
  return {
    name,
    async sample() {
      const start = process.hrtime.bigint();
      await work(calls);
      return Number(process.hrtime.bigint() - start) / calls;
    },
  };
}
