import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BrowserSite } from '../fixtures/browser-site.js';
import { buildFixtures, type FixtureWorkspace } from '../fixtures/fixture-workspace.js';
import { handBuilt, onePage } from '../fixtures/hand-built.js';

const page = (name: string, body: string) => `
  import { MlElement, MlPage, html } from '@macrolith/ui';
  customElements.define('${name}-page', class extends MlPage { ${body} });`;

/** Modules that fail in every way that a script can, by name. */
const SCRIPTS: Readonly<Record<string, string>> = {
  syntax: 'this is no JavaScript',
  evaluation: "throw new Error('thrown by the script')",
  undefining: 'export {};',
  constructing: page('constructing', "constructor() { super(); throw new Error('thrown by the constructor'); }"),
  connecting: page('connecting', "connectedCallback() { throw new Error('thrown when connected'); }"),
  rendering: page('rendering', "render() { throw new Error('thrown by render'); }"),
  later: page(
    'later',
    `
    static properties = { isBroken: {} };
    render() {
      if (this.isBroken) throw new Error('thrown by a later render');
      return html\`<button @click=\${() => { this.isBroken = true; }}>Break</button>\`;
    }`,
  ),
  plain: `customElements.define('plain-page', class extends HTMLElement {
    connectedCallback() { throw new Error('thrown by a plain element'); } });`,
};

let workspace: FixtureWorkspace;
let site: BrowserSite;

beforeAll(async () => {
  workspace = await buildFixtures(['library', 'lending']);
  const contributor = handBuilt(
    workspace.folder,
    { module: 'contributor', slots: [{ slot: 'library.book-actions', element: 'contributor-action' }] },
    `import { MlElement } from '@macrolith/ui';
     customElements.define('contributor-action', class extends MlElement { render() { throw new Error('no action'); } });`,
  );
  const absent = handBuilt(workspace.folder, onePage('absent'), '');
  site = await BrowserSite.start([
    ...['library', 'lending'].map((name) => ({ name, ui: workspace.ui(name) })),
    ...Object.entries(SCRIPTS).map(([name, script]) => ({
      name,
      ui: handBuilt(workspace.folder, onePage(name), script),
    })),
    { name: 'contributor', ui: contributor },
    { name: 'absent', ui: new URL('elsewhere/', absent) },
  ]);
});

afterAll(async () => {
  await site?.stop();
  workspace?.remove();
});

describe('A module that fails', () => {
  test.each([
    ['syntax', 'Its script could not be loaded'],
    ['evaluation', 'thrown by the script'],
    ['undefining', 'does not define the element <undefining-page>'],
    ['constructing', 'thrown by the constructor'],
    ['connecting', 'thrown when connected'],
    ['rendering', 'thrown by render'],
    ['plain', 'thrown by a plain element'],
    ['absent', 'missing or damaged on the server'],
  ])('in its own way (%s) says so in its own place, and the others work', async (module, reason) => {
    const opened = await site.open(`/${module}`);
    const alert = opened.getByRole('alert');
    await alert.getByText(`The module ‘${module}’ could not be shown`).waitFor();
    await alert.getByText(reason).waitFor();
    expect(await opened.getByRole('alert').count()).toBe(1);

    await opened.getByRole('navigation', { name: 'Modules' }).getByRole('link', { name: 'Books' }).click();
    await opened.getByRole('link', { name: 'Emma', exact: true }).waitFor();
    expect(await opened.getByRole('alert').count()).toBe(0);
  });

  test('while it is used is replaced by the error, and comes back on a retry', async () => {
    const opened = await site.open('/later');
    await opened.getByRole('button', { name: 'Break' }).click();
    await opened.getByRole('alert').getByText('thrown by a later render').waitFor();
    expect(await opened.getByRole('button', { name: 'Break' }).count()).toBe(0);

    await opened.getByRole('button', { name: 'Try again' }).click();
    await opened.getByRole('button', { name: 'Break' }).waitFor();
  });

  test('because its script cannot be fetched is fetched again on a retry', async () => {
    const opened = await site.open('/');
    let isGone = true;
    await opened.route('**/assets/library/**', (route) => (isGone ? route.fulfill({ status: 404 }) : route.continue()));
    await opened.goto(`${site.address}/library`);
    await opened.getByRole('alert').getByText('The module ‘library’ could not be shown').waitFor();

    isGone = false;
    await opened.getByRole('button', { name: 'Try again' }).click();
    await opened.getByRole('link', { name: 'Emma', exact: true }).waitFor();
  });

  test('because its script was changed on the way is not run', async () => {
    const opened = await site.open('/');
    await opened.route('**/assets/library/**', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: "document.title = 'taken over'" }),
    );
    await opened.goto(`${site.address}/library`);

    await opened.getByRole('alert').getByText('The module ‘library’ could not be shown').waitFor();
    expect(await opened.title()).toBe('Books · Reading Room');
  });

  test('in a slot leaves the page and the slot’s other elements as they are', async () => {
    const opened = await site.open('/library/B-1004');
    await opened.getByRole('alert').getByText('The module ‘contributor’ could not be shown').waitFor();

    expect(await opened.getByRole('heading', { level: 1, name: 'The Waves' }).isVisible()).toBe(true);
    await opened.getByRole('button', { name: 'Lend' }).click();
    await opened.getByText('Book B-1004 was lent.').waitFor();
  });
});
