import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findChromium } from '@macrolith/local-services';
import { type Browser, chromium, type Page } from 'playwright-core';
import { HttpModule } from '../src/index.js';
import { type RunningLibrary, startLibrary } from './library/running-library.js';

describe('The page of the API in a browser', () => {
  let library: RunningLibrary;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const foreign: string[] = [];

  beforeAll(async () => {
    library = await startLibrary({ imports: [HttpModule.forRoot({ title: 'Town library' })] });
    browser = await chromium.launch({ executablePath: await findChromium({ install: true }), args: ['--no-sandbox'] });
    page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
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
    await page.goto(`${library.url}/docs`);
    const search = page.locator('.opblock', { hasText: 'Search' });
    await search.waitFor();
    expect(await page.locator('.opblock').count()).toBe(9);
    await search.getByRole('button').first().click();
    await search.getByRole('button', { name: 'Try it out' }).click();
    await search.getByRole('button', { name: 'Execute' }).click();
    const answer = search.locator('.live-responses-table .highlight-code');
    await answer.first().waitFor();
    expect(await answer.first().textContent()).toContain('Solaris');
    expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });
  });
});
