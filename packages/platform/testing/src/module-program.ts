/** Boots modules for a test that calls them from another process, and answers over NATS until it is asked to end. */
import 'reflect-metadata';
import { once } from 'node:events';
import { declarationOf, RemotePorts } from '@macrolith/core';
import { bootModule, type RunningModules } from './boot-module.js';
import { deliver, type SaidEvent } from './hear.js';
import type { ModuleOrder } from './module-order.js';
import type { Heard } from './module-process.js';
import { orderedModules } from './ordered-modules.js';
import { Wire } from './wire.js';

const [{ order }] = (await once(process, 'message')) as [{ order: ModuleOrder }];
const running = await boot(order);
process.once('SIGTERM', async () => {
  await running.close();
  process.exit();
});
process.on('message', async ({ hear, number }: { hear: SaidEvent; number: number }) => {
  const failure = await deliver(running, hear).then(
    () => undefined,
    (error: unknown) => String((error as Error).stack ?? error),
  );
  process.send!({ heard: number, ...(failure === undefined ? {} : { failure }) } satisfies Heard);
});
process.send!({ ready: order.modules.join(', ') });

async function boot({ remotePorts, wire, modules: _, file: __, ...options }: ModuleOrder): Promise<RunningModules> {
  const modules = await orderedModules(order);
  const used = modules.flatMap((module) => declarationOf(module)!.manifest.uses);
  const remote = [...new Set(used)].filter((port) => remotePorts.includes(port.contract.name));
  const imports = [await Wire.transport(wire), RemotePorts.of(remote)];
  const booted = await bootModule(modules, { ...options, imports });
  await Wire.serve(booted.app);
  return booted;
}
