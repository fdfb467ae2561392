import {
  api,
  type Column,
  CursorList,
  customElement,
  html,
  MlPage,
  type Page,
  pageStyles,
  type Searched,
} from '@macrolith/ui';
import { channelName, type MessageSummary, messagePage, messageStatus } from './message.js';

const columns: readonly Column<MessageSummary>[] = [
  { label: 'Subject', value: ({ subject, template }) => (subject === '' ? template : subject), grow: true },
  { label: 'To', value: ({ to }) => to },
  { label: 'State', value: messageStatus },
  { label: 'Channel', value: channelName, secondary: true },
  { label: 'When', value: ({ createdAt }) => html`<ml-time value=${createdAt} format="relative"></ml-time>` },
];

/** All messages, the newest first. The recipient stands in the address, so that the list can be shared. */
@customElement('notifications-messages-page')
export class MessagesPage extends MlPage {
  static override styles = pageStyles;

  private readonly messages = new CursorList(this, {
    args: () => [this.query.get('to'), this.query.has('failed')] as const,
    load: ([to, failedOnly], { cursor, signal }) => {
      const query = { to, status: failedOnly ? 'failed' : undefined, cursor, limit: 25 };
      return api.get<Page<MessageSummary>>('/api/notifications/messages', { query, signal });
    },
  });

  override render() {
    return html`
      <ml-page-header heading="Messages" description="What people were told, and whether it reached them.">
        <wa-button slot="actions" appearance="outlined" @click=${() => void this.messages.reload()}>
          <wa-icon slot="start" name="refresh"></wa-icon>Refresh
        </wa-button>
      </ml-page-header>
      <div class="toolbar">
        <ml-search
          label="Show one recipient"
          .value=${this.query.get('to') ?? ''}
          @ml-search=${(event: Searched) => this.setQuery({ to: event.value })}
        ></ml-search>
        <wa-switch ?checked=${this.query.has('failed')} @change=${this.#toggleFailed}>Failed only</wa-switch>
      </div>
      <ml-table label="Messages" .columns=${columns} .list=${this.messages} .rowHref=${messagePage}>
        ${this.#empty()}
      </ml-table>
    `;
  }

  #empty() {
    if (this.query.has('to') || this.query.has('failed')) {
      return html`<ml-empty slot="empty" icon="search" heading="No such message">
        Write the recipient exactly as in the list.
        <wa-button slot="actions" appearance="outlined" @click=${() => this.setQuery({ to: '', failed: '' })}>
          Show all messages
        </wa-button>
      </ml-empty>`;
    }
    return html`<ml-empty slot="empty" icon="mail" heading="Nobody was told anything yet">
      The news of every order shows here.
    </ml-empty>`;
  }

  #toggleFailed = (event: Event) => {
    this.setQuery({ failed: (event.target as HTMLInputElement).checked || undefined });
  };
}
