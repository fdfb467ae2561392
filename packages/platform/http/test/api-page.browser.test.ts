import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TestBrowser, type WatchedPage } from '@macrolith/test-browser';
import { HttpModule } from '../src/index.js';
import { type RunningLibrary, startLibrary } from './library/running-library.js';

describe('The page of the API in a browser', () => {
  let library: RunningLibrary;
  let browser: TestBrowser;
  let page: WatchedPage;
  const foreign: string[] = [];

  beforeAll(async () => {
    library = await startLibrary({ imports: [HttpModule.forRoot({ title: 'Town library' })] });
    browser = await TestBrowser.launch(library.url);
    page = await browser.open();
    page.on('request', (request) => {
      if (!request.url().startsWith(library.url) && !request.url().startsWith('data:')) foreign.push(request.url());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await library.app.close();
  });

  test('shows the operations and calls one, under its policy and with nothing from elsewhere', async () => {
    await library.addBook('b1', 'Solaris');
    await page.goto('/docs');
    const search = page.locator('.opblock', { hasText: 'Search' });
    await search.waitFor();
    expect(await page.locator('.opblock').count()).toBe(9);
    await search.getByRole('button').first().click();
    await search.getByRole('button', { name: 'Try it out' }).click();
    await search.getByRole('button', { name: 'Execute' }).click();
    const answer = search.locator('.live-responses-table .highlight-code');
    await answer.first().waitFor();
    expect(await answer.first().textContent()).toContain('Solaris');
    expect({ console: page.console, foreign }).toEqual({ console: [], foreign: [] });
  });
});
