import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { command, type InputOf, Port, query, z } from '@macrolith/contract';
import { type CallHook, callHook, defineModule, LocalModule, MacrolithModule, runInContext } from '@macrolith/core';
import { TelemetryModule } from '@macrolith/telemetry';
import { type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Contender, Suite } from '../harness/comparison.js';

abstract class Teller extends Port({
  name: 'teller',
  version: '1.0.0',
  operations: {
    peek: query({ input: z.object({ by: z.int() }), output: z.int() }),
    add: command({ input: z.object({ by: z.int() }), output: z.int() }),
  },
}) {}

@Injectable()
class TellerService implements Teller {
  private value = 0;
  async peek({ by }: InputOf<Teller['peek']>) {
    return this.value + by;
  }
  async add({ by }: InputOf<Teller['add']>) {
    this.value = (this.value + by) | 0;
    return this.value;
  }
}

@LocalModule(defineModule(Teller, { owner: 'team-bench' }), { provider: TellerService })
class TellerModule {}

const RECORDED = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const NOT_RECORDED = RECORDED.replace(/01$/, '00');
/** The share of traces that many recommend for a busy system. */
const SHARE = 0.1;
const NANOSECONDS_PER_US = 1_000;

/**
 * What it costs to follow a call: not at all, counted, and with a span. The collector is a server in this process that takes and
 * forgets. Processor time is what counts here, since spans are sent while something else waits.
 */
export const telemetry: Suite = {
  name: 'telemetry',
  async run(run, { quick }) {
    const collector = await startCollector();
    const app = await boot(collector);
    const on = callHook.current;
    const port = app.get(Teller, { strict: false });
    const input = { by: 1 };
    const operations = [
      ['query, awaited', () => port.peek(input)],
      ['command outside a transaction, awaited', () => port.add(input)],
    ] as const;
    for (const [name, call] of operations) {
      const contender = calling(call, quick ? 2_000 : 20_000);
      const common = { suite: 'telemetry', case: name, unit: 'ns', rounds: 15 };
      const off = contender('off', undefined, () => RECORDED);
      await run({
        ...common,
        metric: 'processor time per call that is counted',
        ours: contender('on, trace not recorded', on, () => NOT_RECORDED),
        peers: [off],
      });
      await run({
        ...common,
        metric: 'processor time per call, one of ten with a span',
        ours: contender('sampled', on, (nth) => (nth % (1 / SHARE) === 0 ? RECORDED : NOT_RECORDED)),
        peers: [off],
      });
      await run({
        ...common,
        metric: 'processor time per call with a span',
        ours: contender('on', on, () => RECORDED),
        peers: [off],
      });
    }
    await app.close();
    collector.close();
    collector.closeAllConnections();
  },
};

/** So many calls, then others get a turn, among them the exporter: what it takes is a part of what a span costs. */
const CALLS_PER_TURN = 250;

/** Each call is in a context of its own, as it is in a request: that costs all contenders the same. */
function calling(call: () => Promise<unknown>, calls: number) {
  return (name: string, hook: CallHook | undefined, traceparent: (nth: number) => string): Contender => ({
    name,
    async sample() {
      callHook.current = hook;
      const before = process.cpuUsage();
      for (let nth = 0; nth < calls; nth += 1) {
        await runInContext({ traceparent: traceparent(nth) }, call);
        if (nth % CALLS_PER_TURN === 0) await setImmediate();
      }
      const { user, system } = process.cpuUsage(before);
      return ((user + system) * NANOSECONDS_PER_US) / calls;
    },
  });
}

async function boot(collector: Server): Promise<INestApplicationContext> {
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  @Module({
    imports: [
      MacrolithModule.forRoot(),
      TelemetryModule.forRoot({ service: 'bench', prometheus: true, otlp: { endpoint } }),
      TellerModule,
    ],
  })
  class Shell {}
  return NestFactory.createApplicationContext(Shell, { logger: false });
}

async function startCollector(): Promise<Server> {
  const collector = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.end('{}'));
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  return collector;
}
