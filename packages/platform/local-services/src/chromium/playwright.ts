import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runQuietly } from '../process/run-quietly.ts';

const fromHere = createRequire(import.meta.url);

/** The Chromium that Playwright downloaded before, if any. */
export function playwrightsChromium(): string | undefined {
  const { chromium } = fromHere('playwright-core') as typeof import('playwright-core');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

/** Downloads Playwright's Chromium. Resolves to the reason when that failed. */
export async function downloadWithPlaywright(): Promise<string | undefined> {
  const commandLine = join(dirname(fromHere.resolve('playwright-core/package.json')), 'cli.js');
  return await runQuietly(process.execPath, [commandLine, 'install', 'chromium'], process.env);
}
