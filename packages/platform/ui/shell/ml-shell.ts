import { customElement, html, LitElement, type PageTitled, property, query, state } from '@macrolith/ui';
import type { ShellDocument } from '@macrolith/ui/manifest';
import { keyed } from 'lit/directives/keyed.js';
import './chrome/ml-navigation.js';
import './chrome/ml-theme-toggle.js';
import { moduleLabel, type NavigationItem, navigationOf } from './chrome/navigation-list.js';
import { failureTemplate } from './module/ml-module-view.js';
import { ModuleFailure } from './module/module-failure.js';
import { fillSlots } from './module/slot-filling.js';
import './page/ml-home.js';
import { notFoundTemplate } from './page/not-found.js';
import { type Destination, RouteTable } from './router/route-table.js';
import { shellStyles } from './shell-styles.js';

/** The frame around every page: bar, navigation, and the place where the page of the current address is shown. */
@customElement('ml-shell')
export class MlShell extends LitElement {
  static override styles = shellStyles;

  @property({ attribute: false }) document!: ShellDocument;

  @state() private pathname = location.pathname;
  @state() private search = location.search;
  @state() private pageTitle: string | undefined;
  @query('main') private readonly main!: HTMLElement;
  @query('wa-drawer') private readonly drawer!: HTMLElement & { open: boolean };

  #routes!: RouteTable;
  #items: readonly NavigationItem[] = [];
  #destination: Destination = { kind: 'home' };

  override connectedCallback(): void {
    super.connectedCallback();
    this.#routes = new RouteTable(this.document);
    this.#items = navigationOf(this.document);
    this.#destination = this.#routes.find(this.pathname);
    fillSlots(this, this.document);
    this.addEventListener('ml-page-titled', (event) => this.#titled(event));
    window.addEventListener('popstate', () => this.#moved(false));
    window.addEventListener('ml-navigated', ({ replaced }) => this.#moved(!replaced));
  }

  override render() {
    return html`
      <header>
        <button class="skip" type="button" @click=${this.#skip}>Skip to the content</button>
        <button class="menu" type="button" aria-label="Open the navigation" @click=${this.#openDrawer}>
          <wa-icon name="menu"></wa-icon>
        </button>
        <a class="title" href="/"><span class="mark" aria-hidden="true"></span>${this.document.title}</a>
        <span class="space"></span>
        <ml-theme-toggle></ml-theme-toggle>
      </header>
      <div class="frame">
        <div class="side">${this.#navigation()}</div>
        <main tabindex="-1">${this.#page()}</main>
      </div>
      <wa-drawer label=${this.document.title} placement="start">${this.#navigation()}</wa-drawer>
      <div class="announcement" aria-live="polite">${this.#title()}</div>
    `;
  }

  #navigation() {
    return html`<ml-navigation .items=${this.#items} pathname=${this.pathname}></ml-navigation>`;
  }

  /** One view per path: what a page holds in its fields never leaks into the next one. */
  #page() {
    const destination = this.#destination;
    switch (destination.kind) {
      case 'home':
        return html`<ml-home heading=${this.document.title} .items=${this.#items}></ml-home>`;
      case 'not-found':
        return notFoundTemplate(this.pathname);
      case 'failed-module':
        return html`
          <ml-page-header heading=${this.#title()}></ml-page-header>
          ${failureTemplate(ModuleFailure.notServed(destination.module), { noRetry: true })}
        `;
      case 'page': {
        const { ui, route, params } = destination;
        const values = { params, query: new URLSearchParams(this.search) };
        return keyed(
          this.pathname,
          html`<ml-module-view .ui=${ui} element=${route.element} heading=${route.title} .values=${values}></ml-module-view>`,
        );
      }
    }
  }

  protected override updated(): void {
    const title = this.#title();
    document.title = title === '' ? this.document.title : `${title} · ${this.document.title}`;
  }

  #title(): string {
    if (this.pageTitle !== undefined) return this.pageTitle;
    switch (this.#destination.kind) {
      case 'page':
        return this.#destination.route.title;
      case 'not-found':
        return 'Not found';
      case 'failed-module':
        return moduleLabel(this.#destination.module);
      case 'home':
        return '';
    }
  }

  #titled(event: PageTitled): void {
    event.stopPropagation();
    this.pageTitle = event.title;
  }

  /** The address changed. A new page begins at its top, and with the focus there for those who do not see it. */
  #moved(isNewEntry: boolean): void {
    const isSamePage = this.pathname === location.pathname;
    this.pathname = location.pathname;
    this.search = location.search;
    if (isSamePage) return;
    this.pageTitle = undefined;
    this.#destination = this.#routes.find(this.pathname);
    this.drawer.open = false;
    if (isNewEntry) window.scrollTo(0, 0);
    void this.updateComplete.then(() => this.main.focus({ preventScroll: true }));
  }

  #skip(): void {
    this.main.focus();
  }

  #openDrawer(): void {
    this.drawer.open = true;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-shell': MlShell;
  }
}
