import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { launchChromium } from '@macrolith/test-browser';
import type { Browser } from 'playwright-core';
import { BuiltShell } from '../src/shell/built-shell.ts';
import { workspaceRoot } from '../src/workspace.ts';
import { check } from './walkthrough/check.ts';
import { walkThrough } from './walkthrough/walkthrough.ts';
import { WorkspaceCopy } from './walkthrough/workspace-copy.ts';

const WISHLIST = 'packages/modules/wishlist';
const page = (path: string) => join(workspaceRoot, path);

let copy: WorkspaceCopy;
let browser: Browser;
let shell: BuiltShell | undefined;

beforeAll(async () => {
  copy = new WorkspaceCopy();
  browser = await launchChromium();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await shell?.stop();
  copy?.[Symbol.dispose]();
});

interface OpenApi {
  readonly paths: Record<string, Record<string, { readonly responses: object }>>;
}

/** What the pages of the contracts say: `POST /api/catalog/products 201`, and the same with each error's status. */
function routesTold(): string[] {
  const folder = page('docs/reference/contracts');
  return readdirSync(folder).flatMap((name) => {
    const sections = readFileSync(join(folder, name), 'utf8').split(/^### /m);
    return sections.flatMap((section) => {
      const [, route, success] = /at `([A-Z]+ [^`]+)`, which answers (\d+)/.exec(section) ?? [];
      if (route === undefined) return [];
      const [, errors = ''] = /^\*\*Errors\.\*\* (.+)$/m.exec(section) ?? [];
      const failures = [...errors.matchAll(/\((\d{3})\)/g)].map((match) => match[1]);
      return [success, ...failures].map((status) => `${route.replaceAll(/:(\w+)/g, '{$1}')} ${status}`);
    });
  });
}

describe('The tutorial', () => {
  test('can be followed word by word, and gives what it shows', () => {
    walkThrough(page('docs/tutorial/your-first-module.md'), copy, {
      instead: { 'pnpm start': ({ root }) => BuiltShell.build(root, [WISHLIST, 'apps/shell']) },
    });
    check(copy, WISHLIST);
  }, 600_000);

  test('ends with a page in the shell: a wish is made, listed, and refused when it is made again', async () => {
    shell = await BuiltShell.start(copy.root);
    const tab = await browser.newPage({ baseURL: shell.url });
    tab.setDefaultTimeout(60_000);
    const wish = async (productId: string) => {
      await tab.goto('/wishlist/new');
      await tab.getByLabel('Customer').fill('ada');
      await tab.getByLabel('Product code').fill(productId);
      await tab.getByRole('button', { name: 'Make the wish' }).click();
    };

    await wish('KIT-004');
    await tab.getByRole('link', { name: 'Hand coffee mill' }).waitFor();
    await tab.getByText('£84.00').waitFor();

    await wish('KIT-004');
    await tab.getByText('ada wishes for KIT-004 already.').waitFor();
    await wish('KIT-999');
    await tab.getByText('There is no product KIT-999.').waitFor();

    const { paths } = (await (await fetch(`${shell.url}/openapi.json`)).json()) as { paths: object };
    expect(Object.keys(paths)).toContain('/api/wishlist/wishes');
  }, 300_000);
});

describe('A how-to can be followed from where the tutorial ended:', () => {
  let restore: () => void;
  beforeAll(() => {
    restore = copy.save(WISHLIST);
  });
  afterEach(() => restore());

  test.each([
    'publish-and-hear-events',
    'build-a-read-model',
    'tell-a-saga-by-events',
    'place-work-in-a-task',
    'span-modules-with-a-workflow',
    'test-one-module-alone',
    'test-crashes',
    'write-a-migration',
    'say-who-may-what',
    'verify-boundaries',
    'get-a-module-ready-to-move',
  ])(
    '%s',
    (name) => {
      walkThrough(page(`docs/how-to/${name}.md`), copy);
      if (name !== 'verify-boundaries') check(copy, WISHLIST);
    },
    120_000,
  );
});

describe('The reference', () => {
  test('names routes and statuses that the running shell has', async () => {
    const { paths } = (await (await fetch(`${shell!.url}/openapi.json`)).json()) as OpenApi;
    const served = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { responses }]) =>
        Object.keys(responses).map((status) => `${method.toUpperCase()} ${path} ${status}`),
      ),
    );

    const told = routesTold();
    expect(told.length).toBeGreaterThan(20);
    expect(told.filter((each) => !served.includes(each))).toEqual([]);
  });
});

describe('The README', () => {
  test('leads through a change and a refusal that are as it says', () => {
    walkThrough(page('README.md'), copy, {
      instead: { 'npx pnpm@12 start': () => {}, 'npx pnpm@12 test': () => {} },
    });
  }, 300_000);
});
