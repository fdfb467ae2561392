import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { violationsOf } from '@macrolith/test-browser';
import { BrowserSite } from '../fixtures/browser-site.js';
import { buildFixtures, type FixtureWorkspace } from '../fixtures/fixture-workspace.js';

let workspace: FixtureWorkspace;
let site: BrowserSite;

beforeAll(async () => {
  workspace = await buildFixtures(['library', 'lending']);
  site = await BrowserSite.start([
    ...['library', 'lending'].map((name) => ({ name, ui: workspace.ui(name) })),
    { name: 'ghost', ui: new URL('nowhere/', workspace.ui('library')) },
  ]);
});

afterAll(async () => {
  await site?.stop();
  workspace?.remove();
});

const PATHS = [
  '/',
  '/library',
  '/library?q=fail',
  '/library?q=zzz',
  '/library/B-1004',
  '/library/new',
  '/library/broken',
  '/ghost',
  '/nowhere',
];

describe.each(['light', 'dark'] as const)('In %s colours', (kind) => {
  test.each(PATHS)('no rule of axe is violated at %s', async (path) => {
    const page = await site.openNext(path, kind);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');

    expect(await violationsOf(page)).toEqual([]);
  });

  test('nor in a form with mistakes, a dialog, a toast and a menu', async () => {
    const page = await site.openNext('/library/new', kind);
    await page.getByRole('button', { name: 'Add book' }).click();
    await page.getByText('Enter: title.').waitFor();
    expect(await violationsOf(page)).toEqual([]);

    await page.goto(`${site.address}/library/B-1004`);
    await page.getByRole('button', { name: 'Lend' }).click();
    await page.getByText('Book B-1004 was lent.').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Report lost' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });
});

test('On a phone with the drawer open, no rule of axe is violated', async () => {
  const page = await site.openNext('/library', 'phone');
  await page.getByRole('button', { name: 'Open the navigation' }).click();
  await page.locator('wa-drawer').getByRole('link', { name: 'Loans' }).waitFor();

  expect(await violationsOf(page, 'all')).toEqual([]);
});
