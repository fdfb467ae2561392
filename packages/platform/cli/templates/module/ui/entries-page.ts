import { api, type Column, CursorList, customElement, html, MlPage, type Page, pageStyles } from '@macrolith/ui';
import type { Entry } from './entry.js';

const columns: readonly Column<Entry>[] = [
  { label: 'Name', value: ({ name }) => name, grow: true },
  { label: 'Code', value: ({ entryId }) => html`<span class="code">${entryId}</span>` },
  {
    label: 'Added',
    value: ({ addedAt }) => html`<ml-time value=${addedAt} format="relative"></ml-time>`,
    secondary: true,
  },
];

/** All entries. */
@customElement('__name__-entries-page')
export class EntriesPage extends MlPage {
  static override styles = pageStyles;

  private readonly entries = new CursorList(this, {
    load: (_args, { cursor, signal }) =>
      api.get<Page<Entry>>('/api/__name__/entries', { query: { cursor, limit: 25 }, signal }),
  });

  override render() {
    return html`
      <ml-page-header heading="__Title__">
        <wa-button slot="actions" variant="brand" href="/__name__/new">
          <wa-icon slot="start" name="plus"></wa-icon>New entry
        </wa-button>
      </ml-page-header>
      <ml-table label="Entries" .columns=${columns} .list=${this.entries}>
        <ml-empty slot="empty" icon="boxes" heading="No entries yet">
          What you add stands here.
          <wa-button slot="actions" href="/__name__/new">Add the first entry</wa-button>
        </ml-empty>
      </ml-table>
    `;
  }
}
