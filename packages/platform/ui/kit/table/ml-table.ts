import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CursorList } from '../list/cursor-list.js';
import '../feedback/ml-error.js';
import type { Column } from './column.js';
import { tableStyles } from './table-styles.js';

const SKELETON_ROWS = 6;

/**
 * A table of rows. Give it a `CursorList` and it shows loading, error with retry, emptiness and "load more" by itself;
 * or give it `rows`. The slot `empty` holds an `<ml-empty>` for when there are none.
 */
@customElement('ml-table')
export class MlTable<T = any> extends LitElement {
  static override styles = tableStyles;

  /** What the table holds, for screen readers: `Products`. */
  @property() label = '';
  @property({ attribute: false }) columns: readonly Column<T>[] = [];
  /** Changes inside of it, so every update of the page is an update of the table. */
  @property({ attribute: false, hasChanged: () => true }) list: CursorList<T, any> | undefined;
  @property({ attribute: false }) rows: readonly T[] | undefined;
  /** Makes a row lead somewhere; the link is on the first column's text. */
  @property({ attribute: false }) rowHref: ((row: T) => string | undefined) | undefined;

  override render() {
    const { list } = this;
    if (list?.status === 'failed') return html`<ml-error .error=${list.error} @ml-retry=${this.#reload}></ml-error>`;
    return html`<div class="frame" aria-busy=${this.#isLoading}>${this.#content()}</div>`;
  }

  get #isLoading(): boolean {
    return this.list === undefined ? this.rows === undefined : this.list.status === 'loading';
  }

  #content(): TemplateResult {
    const { list } = this;
    if (this.#isLoading) return this.#table(Array.from({ length: SKELETON_ROWS }, () => this.#skeletonRow()));
    const rows = list?.items ?? this.rows ?? [];
    if (rows.length === 0) return html`<slot name="empty"><ml-empty></ml-empty></slot>`;
    return html`${this.#table(rows.map((row) => this.#row(row)))}${this.#more()}`;
  }

  /** Roles are written out because a browser drops them when the rows become cards. */
  #table(rows: TemplateResult[]): TemplateResult {
    return html`
      <table role="table">
        <caption>
          ${this.label}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            ${this.columns.map((column) => html`<th role="columnheader" scope="col" class=${classOf(column)}>${column.label}</th>`)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${rows}
        </tbody>
      </table>
    `;
  }

  #row(row: T): TemplateResult {
    const href = this.rowHref?.(row);
    const cells = this.columns.map((column, index) => {
      const value = column.value(row);
      const content = index === 0 && href !== undefined ? html`<a class="row-link" href=${href}>${value}</a>` : value;
      return html`<td role="cell" class=${classOf(column)} data-label=${column.label}>${content}</td>`;
    });
    return html`<tr role="row" class=${href === undefined ? '' : 'linked'}>${cells}</tr>`;
  }

  #skeletonRow(): TemplateResult {
    const cells = this.columns.map(
      (column) => html`<td role="cell" class=${classOf(column)}><span class="skeleton"></span></td>`,
    );
    return html`<tr role="row" aria-hidden="true">${cells}</tr>`;
  }

  #more(): TemplateResult | typeof nothing {
    const { list } = this;
    if (list === undefined || (!list.hasMore && list.moreError === undefined)) return nothing;
    const loadMore = () => void list.loadMore();
    return html`
      <div class="more">
        ${
          list.moreError === undefined
            ? html`<wa-button appearance="outlined" size="s" ?loading=${list.isLoadingMore} @click=${loadMore}>
                Load more
              </wa-button>`
            : html`<ml-error .error=${list.moreError} @ml-retry=${loadMore}></ml-error>`
        }
      </div>
    `;
  }

  #reload = () => void this.list?.reload();
}

function classOf<T>(column: Column<T>): string {
  return [column.align === 'end' ? 'end' : '', column.grow ? 'grow' : '', column.secondary ? 'secondary' : '']
    .filter(Boolean)
    .join(' ');
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-table': MlTable;
  }
}
