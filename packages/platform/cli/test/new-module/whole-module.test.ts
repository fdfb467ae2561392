import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type WholeModule, wholeModule } from './whole-module.js';

/** The module's own build, but against the platform's built declarations: the platform itself must not be rebuilt here. */
const BUILD_CONFIG = `{
  "extends": "./tsconfig.json",
  "compilerOptions": { "composite": false, "incremental": false, "tsBuildInfoFile": null, "customConditions": [] },
  "references": []
}`;
/** Boots the module in a shell of its own, and asks for its page as a browser does. */
const PAGE_TEST = `
import { createTestDatabase } from '@macrolith/local-services';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MacrolithModule } from '@macrolith/core';
import { DatabaseModule } from '@macrolith/data';
import { EventsModule } from '@macrolith/events/local';
import { createHttpApp, HttpModule } from '@macrolith/http';
import { UiModule } from '@macrolith/ui/server';
import { Module } from '@nestjs/common';
import { GiftCardsModule } from '../src/local.js';

let database;
let app;
let url;
beforeAll(async () => {
  database = await createTestDatabase();
  class Shell {}
  Module({
    imports: [
      MacrolithModule.forRoot({}),
      DatabaseModule.forRoot({ url: database.url }),
      EventsModule.forRoot(),
      HttpModule.forRoot({ title: 'Shell' }),
      UiModule.forRoot({ title: 'Shell' }),
      GiftCardsModule,
    ],
  })(Shell);
  app = await createHttpApp(Shell, { log: { level: 'silent' } });
  await app.listen(0, '127.0.0.1');
  url = 'http://127.0.0.1:' + app.getHttpServer().address().port;
});
afterAll(async () => {
  await app?.close();
  await database.drop();
});

test('its page is served, with the navigation entry and the module that draws it', async () => {
  const response = await fetch(url + '/gift-cards', { headers: { accept: 'text/html' } });
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(page).toContain('Gift cards');
  expect(page).toContain('gift-cards-entries-page');
  const [script] = page.match(/[^"']*gift-cards[^"']*\\.js/) ?? [];
  expect((await fetch(new URL(script, url))).status).toBe(200);
});

test('its API answers what its page asks for', async () => {
  const entry = { entryId: 'A-17', name: 'Fifty pounds' };
  const added = await fetch(url + '/api/gift-cards/entries', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(entry),
  });
  expect(added.status).toBe(201);
  const listed = await fetch(url + '/api/gift-cards/entries?limit=25');
  expect(await listed.json()).toMatchObject({ items: [entry] });
});
`;

let module: WholeModule;
beforeAll(() => {
  module = wholeModule('gift-cards');
});
afterAll(() => module.remove());

test('a new module builds', () => {
  module.write('tsconfig.build.json', BUILD_CONFIG);
  module.write('ui/tsconfig.check.json', BUILD_CONFIG);

  expect(() => {
    module.run('tsc', ['-p', 'tsconfig.build.json']);
    module.run('tsc', ['-p', 'ui/tsconfig.check.json']);
    module.run('macrolith-contract', []);
    module.run('vite', ['build']);
  }).not.toThrow();
});

test('it passes its own tests, and a shell shows its page', () => {
  module.write('test/page.test.ts', PAGE_TEST);
  expect(() => module.run('jest', [])).not.toThrow();
});
