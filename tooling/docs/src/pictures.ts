/** `pnpm --filter @macrolith/docs pictures`: the pictures of the README, taken from the built shell with a few orders in it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '@macrolith/local-services';
import { launchChromium } from '@macrolith/test-browser';
import type { Browser } from 'playwright-core';
import { placeSampleOrders } from './picture/sample-orders.ts';
import { BuiltShell } from './shell/built-shell.ts';
import { workspaceRoot } from './workspace.ts';

const FOLDER = join(workspaceRoot, 'docs/pictures');
const PAGES = { catalog: '/catalog', order: '/orders/:first' };

const server = await startPostgres();
process.env.MACROLITH_TEST_POSTGRES = server.url;
const shell = await BuiltShell.start(workspaceRoot);
const browser = await launchChromium();
try {
  mkdirSync(FOLDER, { recursive: true });
  const [first] = await placeSampleOrders(shell.url);
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [name, path] of Object.entries(PAGES)) {
      await takePicture(browser, path.replace(':first', first!), colorScheme, `${name}-${colorScheme}.png`);
    }
  }
} finally {
  await browser.close();
  await shell.stop();
  await server.stop();
}

async function takePicture(browser: Browser, path: string, colorScheme: 'light' | 'dark', file: string): Promise<void> {
  const context = await browser.newContext({
    baseURL: shell.url,
    colorScheme,
    viewport: { width: 1360, height: 820 },
    deviceScaleFactor: 1.25,
  });
  const page = await context.newPage();
  await page.goto(path);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(FOLDER, file) });
  await context.close();
}
