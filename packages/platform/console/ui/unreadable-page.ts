import { api, css, customElement, html, MlPage, pageStyles, Resource } from '@macrolith/ui';
import { OVERVIEW } from './addresses.js';
import type { Unreadable } from './answers.js';
import { textBlockStyles } from './text-block.js';

/** What came over a broker and is no event: whoever publishes it has to be told. */
@customElement('console-unreadable-page')
export class UnreadablePage extends MlPage {
  static override styles = [
    pageStyles,
    textBlockStyles,
    css`
      h2 {
        margin-block-end: var(--ml-space-1);
        overflow-wrap: anywhere;
      }
      pre {
        margin-block-start: var(--ml-space-3);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  private readonly messages = new Resource(this, {
    load: async (_, { signal }) =>
      (await api.get<{ readonly messages: readonly Unreadable[] }>('/api/console/unreadable', { signal })).messages,
  });

  override render() {
    return html`
      <ml-page-header
        heading="Unreadable messages"
        description="What came over the broker and is no event. It is kept as it came, and nobody is handed it: correct its publisher."
        back-href=${OVERVIEW}
        back-label="Console"
      ></ml-page-header>
      ${this.messages.view((messages) => this.#list(messages))}
    `;
  }

  #list(messages: readonly Unreadable[]) {
    if (messages.length === 0) {
      return html`<ml-empty icon="inbox" heading="Everything could be read">
        A message that is no CloudEvent shows here with the reason, as soon as it has come.
      </ml-empty>`;
    }
    return html`<div class="stack">${messages.map(letter)}</div>`;
  }
}

function letter({ log, sequence, subject, reason, storedAt, headers, payload, bytes }: Unreadable) {
  const text = [...(headers === '{}' ? [] : [headers]), payload].join('\n\n');
  return html`<section>
    <h2 class="code">${subject}</h2>
    <p>${reason}</p>
    <p class="quiet">
      Message ${sequence} of the stream, ${bytes} ${bytes === 1 ? 'byte' : 'bytes'}, received by ${log}
      <ml-time value=${storedAt} format="relative"></ml-time>
    </p>
    <pre tabindex="0" aria-label="Message ${sequence}">${text}</pre>
  </section>`;
}
