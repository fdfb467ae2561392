import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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

describe('A list', () => {
  test('is read page by page, until there is no more', async () => {
    const page = await site.open('/library');
    const rows = page.getByRole('table', { name: 'Books' }).getByRole('row');
    await page.getByRole('link', { name: 'Emma', exact: true }).waitFor();
    expect(await rows.count()).toBe(13);

    await page.getByRole('button', { name: 'Load more' }).click();
    await page.getByText('Middlemarch, volume 4').waitFor();
    await page.getByRole('button', { name: 'Load more' }).click();
    await page.getByRole('button', { name: 'Load more' }).waitFor({ state: 'detached' });
    expect(await rows.count()).toBe(31);
  });

  test('is searched as the reader types, with the word in the address', async () => {
    const page = await site.open('/library');
    await page.getByRole('searchbox', { name: 'Search books' }).fill('emma');
    await page.waitForURL('**/library?q=emma');

    await page.getByText('Frankenstein').first().waitFor({ state: 'detached' });
    await page.reload();
    expect(await page.getByRole('searchbox').inputValue()).toBe('emma');
  });

  test('says that nothing was found', async () => {
    const page = await site.open('/library?q=zzz');

    await page.getByText('No books found').waitFor();
  });

  test('shows the problem of the server, and tries again', async () => {
    const page = await site.open('/');
    let isBroken = true;
    await page.route('**/api/library/books*', (route) => (isBroken ? route.abort() : route.continue()));
    await page.goto(`${site.address}/library`);
    await page.getByRole('alert').getByText('The server cannot be reached').waitFor();

    isBroken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'Emma', exact: true }).waitFor();
  });

  test('keeps what is there when the next page fails', async () => {
    const page = await site.open('/library');
    await page.getByRole('button', { name: 'Load more' }).waitFor();
    await page.route('**/api/library/books*', (route) => route.abort());
    await page.getByRole('button', { name: 'Load more' }).click();

    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('link', { name: 'Emma', exact: true }).isVisible()).toBe(true);
    await page.unroute('**/api/library/books*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Middlemarch, volume 4').waitFor();
  });
});

describe('One thing', () => {
  test('that does not exist shows the declared error', async () => {
    const page = await site.open('/library/B-9');

    await page.getByRole('alert').getByText('There is no book B-9').waitFor();
  });

  test('shows what another module adds to its page, with its context', async () => {
    const page = await site.open('/library/B-1004');

    await page.getByRole('button', { name: 'Lend' }).click();
    await page.getByRole('status').getByText('Book B-1004 was lent.').waitFor();
  });
});

describe('A form', () => {
  test('checks what was typed, and moves the focus to the first mistake', async () => {
    const page = await site.open('/library/new');
    await page.getByLabel('Title').fill('Emma');
    await page.getByLabel('Value').fill('12.505');
    await page.getByRole('button', { name: 'Add book' }).click();

    await page.getByText('Enter: author.').waitFor();
    await page.getByText('Enter an amount in GBP, like 12.50.').waitFor();
    expect(await page.getByLabel('Author').evaluate((input: HTMLInputElement) => input.matches(':focus'))).toBe(true);
    expect(await page.getByLabel('Author').getAttribute('aria-invalid')).toBe('true');
  });

  test('shows an issue of the server at its field', async () => {
    const page = await site.open('/library/new');
    await page.getByLabel('Title').fill('A title that is much too long');
    await page.getByLabel('Author').fill('Anonymous');
    await page.getByLabel('Value').fill('1');
    await page.getByRole('button', { name: 'Add book' }).click();

    await page.getByText('Use 20 characters at most.').waitFor();
    expect(await page.getByLabel('Title').evaluate((input: HTMLInputElement) => input.matches(':focus'))).toBe(true);
  });

  test('sends one key with one set of values until it is accepted, and a new one with others', async () => {
    const page = await site.open('/library/new');
    const sent: { key: string | undefined; body: unknown }[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'POST') return;
      sent.push({ key: request.headers()['idempotency-key'], body: request.postDataJSON() });
    });
    await page.getByLabel('Title').fill('Emma');
    await page.getByLabel('Author').fill('Jane Austen');
    await page.getByLabel('Value').fill('1,250.30');
    await page.getByLabel('Title').press('Enter');
    await page.getByRole('alert').getByText('There is a book ‘Emma’ already').waitFor();
    const again = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.getByRole('button', { name: 'Add book' }).click();
    await again;
    await page.getByLabel('Title').fill('Emma II');
    await page.getByRole('button', { name: 'Add book' }).click();
    await page.getByRole('heading', { level: 1, name: 'Books' }).waitFor();

    await page.getByRole('status').getByText('Emma II was added.').waitFor();
    expect(sent[0]?.body).toEqual({
      title: 'Emma',
      author: 'Jane Austen',
      price: { amountMinor: '125030', currency: 'GBP' },
      lendable: true,
    });
    expect(sent.map(({ key }) => key === sent[0]?.key)).toEqual([true, true, false]);
  });

  test('is carried out once, however often the button is pressed', async () => {
    const page = await site.open('/library/new');
    let posts = 0;
    await page.route('**/api/library/books', async (route) => {
      if (route.request().method() === 'POST') posts += 1;
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await page.getByLabel('Title').fill('Persuasion II');
    await page.getByLabel('Author').fill('Jane Austen');
    await page.getByLabel('Value').fill('1');
    // By the keyboard and not by the field: the page may have gone on after the first of them.
    await page.getByLabel('Title').focus();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Enter');

    await page.getByRole('heading', { level: 1, name: 'Books' }).waitFor();
    expect(posts).toBe(1);
  });
});
