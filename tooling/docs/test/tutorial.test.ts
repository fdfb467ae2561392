import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findChromium } from '@macrolith/local-services';
import { type Browser, chromium } from 'playwright-core';
import { workspaceRoot } from '../src/workspace.ts';
import { BuiltShell } from './walkthrough/built-shell.ts';
import { walkThrough } from './walkthrough/walkthrough.ts';
import { WorkspaceCopy } from './walkthrough/workspace-copy.ts';

const TUTORIAL = join(workspaceRoot, 'docs/tutorial/your-first-module.md');

let copy: WorkspaceCopy;
let shell: BuiltShell | undefined;
let browser: Browser;

beforeAll(async () => {
  copy = new WorkspaceCopy();
  browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await shell?.stop();
  copy?.[Symbol.dispose]();
});

test('all that the tutorial says can be done, in its order, and gives what it shows', () => {
  walkThrough(TUTORIAL, copy, {
    instead: {
      'pnpm start': ({ root }) => BuiltShell.build(root, ['packages/modules/wishlist', 'apps/shell']),
    },
  });
}, 240_000);

test('the page that it makes is part of the shell: a wish is made, listed, and refused when it is made again', async () => {
  shell = await BuiltShell.start(copy.root);
  const page = await browser.newPage({ baseURL: shell.url });
  page.setDefaultTimeout(20_000);
  const wish = async (productId: string) => {
    await page.goto('/wishlist/new');
    await page.getByLabel('Customer').fill('ada');
    await page.getByLabel('Product code').fill(productId);
    await page.getByRole('button', { name: 'Make the wish' }).click();
  };

  await wish('KIT-004');
  await page.getByRole('link', { name: 'Hand coffee mill' }).waitFor();
  await page.getByText('£84.00').waitFor();

  await wish('KIT-004');
  await page.getByText('ada wishes for KIT-004 already.').waitFor();
  await wish('KIT-999');
  await page.getByText('There is no product KIT-999.').waitFor();

  const document = (await (await fetch(`${shell.url}/openapi.json`)).json()) as { paths: object };
  expect(Object.keys(document.paths)).toContain('/api/wishlist/wishes');
}, 120_000);
