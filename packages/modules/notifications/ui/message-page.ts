import { api, css, customElement, html, MlPage, nothing, pageStyles, path, Resource } from '@macrolith/ui';
import { channelName, type Message, messageStatus } from './message.js';

/** One message as it was sent, or would have been. */
@customElement('notifications-message-page')
export class MessagePage extends MlPage {
  static override styles = [
    pageStyles,
    css`
      .letter {
        margin: 0;
        font: inherit;
        line-height: 1.6;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  private readonly message = new Resource(this, {
    args: () => [this.params.messageId ?? ''] as const,
    load: async ([messageId], { signal }) => {
      const message = await api.get<Message>(path`/api/notifications/messages/${messageId}`, { signal });
      this.pageTitle = headingOf(message);
      return message;
    },
  });

  override render() {
    return this.message.view((message) => this.#page(message));
  }

  #page(message: Message) {
    return html`
      <ml-page-header heading=${headingOf(message)} back-href="/notifications" back-label="Messages">
        <span slot="status">${messageStatus(message)}</span>
      </ml-page-header>
      <div class="split">
        <div class="stack">${this.#reason(message)} ${this.#letter(message)}</div>
        <ml-card heading="Details"><ml-facts .facts=${facts(message)}></ml-facts></ml-card>
      </div>
    `;
  }

  #reason({ reason, status }: Message) {
    if (reason === undefined) return nothing;
    return html`<wa-callout variant=${status === 'failed' ? 'danger' : 'warning'}>
      <wa-icon slot="icon" name="triangle-alert"></wa-icon>
      <strong>${status === 'failed' ? 'It was not sent.' : 'It was not sent yet, and is tried again.'}</strong>
      ${reason}
    </wa-callout>`;
  }

  /** The plain text says all that the HTML says, and cannot bring markup into this page. */
  #letter({ text }: Message) {
    if (text === '') return nothing;
    return html`<ml-card heading="Message"><p class="letter">${text}</p></ml-card>`;
  }
}

function headingOf({ subject, template }: Message): string {
  return subject === '' ? template : subject;
}

function facts(message: Message) {
  const { to, template, locale, attempts, createdAt, sentAt } = message;
  return [
    { label: 'To', value: to },
    { label: 'Channel', value: channelName(message) },
    { label: 'Template', value: html`<span class="code">${template}</span>` },
    { label: 'Language', value: locale ?? nothing },
    { label: 'Attempts', value: attempts },
    { label: 'Asked for', value: html`<ml-time value=${createdAt}></ml-time>` },
    { label: 'Sent', value: sentAt === undefined ? 'Not yet' : html`<ml-time value=${sentAt}></ml-time>` },
  ];
}
