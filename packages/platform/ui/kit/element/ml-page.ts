import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { type QueryValue, withQuery } from '../api/path.js';
import { navigate } from '../navigation/navigate.js';
import { MlElement } from './ml-element.js';

/** A page has a better title than its route: the shell shows it in the browser's tab. */
export class PageTitled extends Event {
  static readonly type = 'ml-page-titled';
  constructor(readonly title: string) {
    super(PageTitled.type, { bubbles: true, composed: true });
  }
}

/**
 * The base of a page. The shell makes one element per visited path and sets `params` and `query` before the first render;
 * a change of the query alone updates the same element, a change of the path makes a new one.
 */
export class MlPage extends MlElement {
  /** The values of the route's `:names`, decoded. */
  @property({ attribute: false }) params: Readonly<Record<string, string>> = {};
  @property({ attribute: false }) query: URLSearchParams = new URLSearchParams();

  /** Set it once the page knows better than its route, e.g. the product's name. */
  @property({ attribute: false }) pageTitle: string | undefined;

  /** Changes parameters of the query and keeps the others; null and '' remove one. No entry is added to the history. */
  protected setQuery(changes: Readonly<Record<string, QueryValue>>): void {
    navigate(withQuery(location.pathname, { ...Object.fromEntries(this.query), ...changes }), { replace: true });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has('pageTitle') && this.pageTitle !== undefined) this.dispatchEvent(new PageTitled(this.pageTitle));
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ml-page-titled': PageTitled;
  }
}
