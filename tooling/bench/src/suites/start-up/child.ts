/** Starts one application, tells the parent process how that went, and ends. */
import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import type { Start, Started } from './started.js';

type Make = () => Promise<INestApplicationContext>;

const MIB = 2 ** 20;

const make = await load(JSON.parse(process.argv[2]!) as Start);
const loadedAt = performance.now();
const app = await make();
const startedAt = performance.now();
const memory = memoryAfterGarbageCollection();
const started: Started = {
  sinceProcessStartMs: startedAt,
  initialisationMs: startedAt - loadedAt,
  rssMib: memory.rss / MIB,
  heapMib: memory.heapUsed / MIB,
};
await app.close();
process.send!(started, () => process.exit());

/** Loads the code of one side, and none of the other's. */
async function load(start: Start): Promise<Make> {
  return start.composition === 'shell' ? loadShell(start) : loadSynthetic(start);
}

async function loadShell({ side, databaseUrl }: Start): Promise<Make> {
  const make =
    side === 'macrolith'
      ? (await import('./shell/macrolith-shell.js')).macrolithShell
      : (await import('./shell/plain-shell.js')).plainShell;
  return async () => (await make(databaseUrl!)).init();
}

async function loadSynthetic({ side, modules = 100, databaseUrl }: Start): Promise<Make> {
  const { NestFactory } = await import('@nestjs/core');
  const make =
    side === 'macrolith'
      ? (await import('./synthetic/macrolith-shell.js')).macrolithShell
      : (await import('./synthetic/plain-shell.js')).plainShell;
  // Defining the modules is part of every start, so it is timed.
  return () => NestFactory.createApplicationContext(make(modules, databaseUrl), { logger: false, abortOnError: false });
}

function memoryAfterGarbageCollection(): NodeJS.MemoryUsage {
  globalThis.gc!();
  globalThis.gc!();
  return process.memoryUsage();
}
