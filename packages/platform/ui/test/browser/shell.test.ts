import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WatchedPage } from '@macrolith/test-browser';
import { BrowserSite } from '../fixtures/browser-site.js';
import { buildFixtures, type FixtureWorkspace } from '../fixtures/fixture-workspace.js';

let workspace: FixtureWorkspace;
let site: BrowserSite;

beforeAll(async () => {
  workspace = await buildFixtures(['library', 'lending']);
  site = await BrowserSite.start(['library', 'lending'].map((name) => ({ name, ui: workspace.ui(name) })));
});

afterAll(async () => {
  await site?.stop();
  workspace?.remove();
});

/** The focused element through shadow roots, from the outside in: `ml-shell > main`, `… > wa-button Lend > button`. */
const focused = (page: WatchedPage) =>
  page.evaluate(() => {
    const chain: string[] = [];
    let element = document.activeElement;
    while (element) {
      chain.push(`${element.localName} ${element.textContent?.trim().slice(0, 60)}`.trim());
      element = element.shadowRoot?.activeElement ?? null;
    }
    return chain.join(' > ');
  });
/** What moves the focus often does so in the next frame: a dialog, for one. */
async function expectFocus(page: WatchedPage, where: RegExp): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!where.test(await focused(page)) && Date.now() < deadline) await page.waitForTimeout(10);
  expect(await focused(page)).toMatch(where);
}
const background = (page: WatchedPage) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

describe('The shell', () => {
  test('shows a card of every module on the home page, and leads to it', async () => {
    const page = await site.open('/');

    await page.locator('ml-home').getByRole('link', { name: 'Books' }).click();
    await page.getByRole('heading', { level: 1, name: 'Books' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/library');
    expect(await page.title()).toBe('Books · Reading Room');
  });

  test('goes from page to page without a reload, and back', async () => {
    const page = await site.open('/library');
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));

    await page.getByRole('link', { name: 'The Waves', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'The Waves' }).waitFor();
    expect(await page.title()).toBe('The Waves · Reading Room');
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Books' }).waitFor();
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
  });

  test('prefers the page whose address says more', async () => {
    const page = await site.open('/library/new');

    await page.getByRole('heading', { level: 1, name: 'New book' }).waitFor();
  });

  test('says that an address has no page, and keeps the navigation', async () => {
    const page = await site.open('/nowhere');

    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
    expect(await page.title()).toBe('Not found · Reading Room');
    await page.getByRole('navigation', { name: 'Modules' }).getByRole('link', { name: 'Loans' }).click();
    await page.getByRole('heading', { level: 1, name: 'Loans' }).waitFor();
  });

  test('leaves addresses of the server to the server', async () => {
    const page = await site.open('/library');
    await page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), { href: '/api/library/books', textContent: 'The API' });
      document.body.append(link);
    });

    await page.getByRole('link', { name: 'The API' }).click();
    await page.waitForFunction(() => document.body.textContent?.includes('"items"'));
  });

  test('runs under its Content-Security-Policy without a violation, and the policy bites', async () => {
    const page = await site.open('/');
    for (const path of ['/library', '/library/B-1004', '/library/new', '/lending', '/nowhere']) {
      await page.goto(site.address + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
    }
    await page.goto(`${site.address}/library/B-1004`);
    await page.getByRole('button', { name: 'Report lost' }).click();
    await page.locator('wa-dialog').getByRole('button', { name: 'Report lost' }).click();
    await page.getByText('The Waves was reported lost.').waitFor();
    await page.getByRole('button', { name: 'Colours: As the system' }).click();
    const violations = () => page.console.filter((line) => line.includes('Content Security Policy'));
    expect(violations()).toEqual([]);

    await page.evaluate(() =>
      document.body.append(Object.assign(document.createElement('script'), { textContent: '1' })),
    );
    expect(violations()).toHaveLength(1);
  });
});

describe('By keyboard, the shell', () => {
  test('skips to the content, and follows the navigation with the focus at the new page', async () => {
    const page = await site.open('/library');
    await page.getByRole('heading', { level: 1 }).waitFor();

    await page.keyboard.press('Tab');
    await expectFocus(page, /> button Skip to the content$/);
    await page.keyboard.press('Enter');
    await expectFocus(page, /> main$/);

    await page.getByRole('link', { name: 'Home' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expectFocus(page, /> a Loans$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Loans' }).waitFor();
    await expectFocus(page, /> main$/);
    await page.keyboard.press('Tab');
    await expectFocus(page, /Go to the books/);
  });

  test('opens a row of a table', async () => {
    const page = await site.open('/library');
    await page.getByRole('link', { name: 'Emma', exact: true }).focus();

    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Emma' }).waitFor();
  });

  test('asks before something that matters, and takes Escape for no', async () => {
    const page = await site.open('/library/B-1004');
    await page.getByRole('button', { name: 'Report lost' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Report ‘The Waves’ as lost?' }).waitFor();

    await expectFocus(page, /Keep as it is/);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.getByText('was reported lost').count()).toBe(0);
    await expectFocus(page, /Report lost/);
  });
});

describe('The colours', () => {
  test('follow the system, and then what the reader chose, also after a reload', async () => {
    const page = await site.open('/', 'dark');
    const dark = await background(page);
    await page.getByRole('button', { name: 'Colours: As the system' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Light' }).click();
    const light = await background(page);
    expect(light).not.toBe(dark);

    await page.reload();
    expect(await background(page)).toBe(light);
    await page.getByRole('button', { name: 'Colours: Light' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'As the system' }).click();
    expect(await background(page)).toBe(dark);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.waitForFunction((color) => getComputedStyle(document.body).backgroundColor === color, light);
  });
});

describe('On a phone, the shell', () => {
  test.each(['/', '/library', '/library/B-1004', '/library/new', '/nowhere'])(
    'needs no sideways scrolling: %s',
    async (path) => {
      const page = await site.open(path, 'phone');
      await page.getByRole('heading', { level: 1 }).waitFor();

      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    },
  );

  test('keeps its navigation in a drawer that closes behind the choice', async () => {
    const page = await site.open('/', 'phone');
    const loans = page.locator('wa-drawer').getByRole('link', { name: 'Loans' });
    expect(await loans.count()).toBe(0);

    await page.getByRole('button', { name: 'Open the navigation' }).click();
    await loans.click();
    await page.getByRole('heading', { level: 1, name: 'Loans' }).waitFor();
    await loans.waitFor({ state: 'hidden' });
  });

  test('shows rows as cards with their labels, and leaves out what is secondary', async () => {
    const page = await site.open('/library', 'phone');
    const row = page.getByRole('row').filter({ hasText: 'The Waves' }).first();
    await row.waitFor();

    expect(await row.evaluate((element) => getComputedStyle(element).display)).toBe('grid');
    expect(await row.getByText('B-1004').isVisible()).toBe(false);
    await row.getByText('£504.50').waitFor();
  });
});
