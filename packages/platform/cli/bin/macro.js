#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/index.js', import.meta.url);
// A reader that has seen enough, such as `macro rules | head`, is no failure.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
});

if (existsSync(built)) {
  const { runMacro } = await import(built.href);
  process.exitCode = await runMacro(process.argv.slice(2), {
    out: process.stdout,
    err: process.stderr,
    environment: process.env,
  });
} else {
  process.stderr.write('macro: @macrolith/cli is not built yet. Run: pnpm turbo run build --filter @macrolith/cli\n');
  process.exitCode = 2;
}
