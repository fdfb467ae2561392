import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from './launch-chromium.ts';
import { WINDOWS, type WindowKind } from './window-kind.ts';

/** A page that is listened to. */
export type WatchedPage = Page & {
  /** Of the window that it is in. */
  readonly kind: WindowKind;
  /** All that it wrote to the console, and the errors that nothing caught. */
  readonly console: readonly string[];
  /** The errors among them. What the browser says of a refused request is none: the test looks at what the page makes of it. */
  readonly complaints: readonly string[];
};

/** How long a page may take for anything. Time passes only where something fails. */
const PATIENCE_MS = 30_000;

/** A browser that looks at one site, one page at a time. */
export class TestBrowser {
  readonly #browser: Browser;
  readonly #options: BrowserContextOptions;
  /** By kind and options. */
  readonly #shared = new Map<string, BrowserContext>();
  /** What is closed before the next page is opened: a page, or the window that was its own. */
  #last: Page | BrowserContext | undefined;

  private constructor(browser: Browser, options: BrowserContextOptions) {
    this.#browser = browser;
    this.#options = options;
  }

  /**
   * @param address of the site: paths that pages go to are below it
   * @param options of every window
   */
  static async launch(address: string, options: BrowserContextOptions = {}): Promise<TestBrowser> {
    return new TestBrowser(await launchChromium(), { baseURL: address, ...options });
  }

  /** An empty page in a window that nobody was in before. The page that was open is closed. */
  async open(kind: WindowKind = 'light', options: BrowserContextOptions = {}): Promise<WatchedPage> {
    await this.leave();
    const window = await this.#window(kind, options);
    this.#last = window;
    return watched(await window.newPage(), kind);
  }

  /**
   * An empty page in a window that is shared by all who ask for the same: what is loaded once is there for all. For those who
   * only look. The page that was open is closed.
   */
  async openNext(kind: WindowKind = 'light', options: BrowserContextOptions = {}): Promise<WatchedPage> {
    await this.leave();
    const name = JSON.stringify([kind, options]);
    const window = this.#shared.get(name) ?? (await this.#window(kind, options));
    this.#shared.set(name, window);
    const page = await window.newPage();
    this.#last = page;
    return watched(page, kind);
  }

  /** Closes the page that is open, if any: it asks its server for nothing any more. */
  async leave(): Promise<void> {
    await this.#last?.close();
    this.#last = undefined;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  async #window(kind: WindowKind, options: BrowserContextOptions): Promise<BrowserContext> {
    const window = await this.#browser.newContext({ ...WINDOWS[kind], ...this.#options, ...options });
    window.setDefaultTimeout(PATIENCE_MS);
    return window;
  }
}

function watched(page: Page, kind: WindowKind): WatchedPage {
  const console: string[] = [];
  const complaints: string[] = [];
  page.on('pageerror', (error) => {
    console.push(String(error));
    complaints.push(String(error));
  });
  page.on('console', (message) => {
    console.push(message.text());
    const isOfBrowser = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isOfBrowser) complaints.push(message.text());
  });
  return Object.assign(page, { kind, console, complaints });
}
