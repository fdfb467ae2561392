/** `pnpm fuzz [SEED] [UNITS]`: random units of work against the model, until one disagrees. */
import 'reflect-metadata';
import { startPostgres } from '@macrolith/local-services';
import { openLogModules } from './log-modules.js';
import { runRandomUnits } from './random-units.js';

const [seed = Date.now() % 1_000_000, units = 5_000] = process.argv.slice(2).map(Number);
const server = await startPostgres();
const modules = await openLogModules(server.url, 6);
try {
  const report = await runRandomUnits(modules, { seed, units, callers: 12 });
  console.log(JSON.stringify({ seed, units, ...report }, undefined, 2));
  const isRight = report.lost.length === 0 && report.extra.length === 0 && report.wrongRoles === 0;
  process.exitCode = isRight ? 0 : 1;
} finally {
  await modules.close();
  await server.stop();
}
