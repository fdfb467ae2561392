import { api, css, customElement, html, MlPage, nothing, pageStyles, Resource } from '@macrolith/ui';
import { messagePage, OVERVIEW } from './addresses.js';
import type { Delivery, Message, Story } from './answers.js';
import { deliveryState } from './delivery-state.js';
import { Polling } from './polling.js';

/** All that followed from one wish, or was said about one key, over all modules, in the order in which it was said. */
@customElement('console-story-page')
export class StoryPage extends MlPage {
  static override styles = [
    pageStyles,
    css`
      ol {
        display: grid;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      ol > li {
        position: relative;
        padding-block-end: var(--ml-space-5);
        padding-inline-start: var(--ml-space-6);
        overflow-wrap: anywhere;
      }
      ol > li:last-child {
        padding-block-end: 0;
      }
      ol > li::before {
        content: '';
        position: absolute;
        inset-block-start: 0.45rem;
        inset-inline-start: 0;
        width: 0.6rem;
        height: 0.6rem;
        border-radius: 50%;
        background: var(--ml-color-brand);
      }
      ol > li:not(:last-child)::after {
        content: '';
        position: absolute;
        inset-block: 1.25rem -0.25rem;
        inset-inline-start: calc(0.3rem - 0.5px);
        border-inline-start: 1px solid var(--ml-color-border);
      }
      ul {
        display: grid;
        gap: var(--ml-space-2);
        margin: var(--ml-space-2) 0 0;
        padding: 0;
        list-style: none;
      }
      ul > li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ml-space-2);
      }
    `,
  ];

  private readonly story = new Resource(this, {
    args: () => [this.query.get('correlation'), this.query.get('key')] as const,
    load: async ([correlation, key], { signal }): Promise<Story> => {
      if (correlation === null && key === null) return { messages: [], isCut: false };
      const query = correlation === null ? { of: 'key', value: key } : { of: 'correlation', value: correlation };
      return api.get<Story>('/api/console/story', { query, signal });
    },
  });

  constructor() {
    super();
    new Polling(this, async () => {
      if (this.story.error === undefined) await this.story.reload();
    });
  }

  override render() {
    const key = this.query.get('key');
    return html`
      <ml-page-header
        heading=${key === null ? 'Story' : `All about ${key}`}
        description=${
          key === null
            ? 'All that followed from one wish, over all modules, in the order in which it was said.'
            : 'All events of this key, over all modules, in the order in which they were said.'
        }
        back-href=${OVERVIEW}
        back-label="Console"
      ></ml-page-header>
      ${this.story.view((story) => this.#story(story))}
    `;
  }

  #story({ messages, isCut }: Story) {
    if (messages.length === 0) {
      return html`<ml-card>
        <ml-empty icon="history" heading="Nothing was said in this story">
          It is older than what is kept, or the address is not whole.
        </ml-empty>
      </ml-card>`;
    }
    return html`<ml-card>
      <ol>${messages.map(messageItem)}</ol>
      ${isCut ? html`<p slot="footer" class="quiet">The story goes on: only its beginning is shown.</p>` : nothing}
    </ml-card>`;
  }
}

function messageItem({ messageId, type, time, key, kind, deliveries }: Message) {
  return html`<li>
    <div><ml-link href=${messagePage(messageId)}><span class="code">${type}</span></ml-link></div>
    <div class="quiet">
      <ml-time value=${time}></ml-time>${kind === 'task' ? ' · a task' : html` · <span class="code">${key}</span>`}
    </div>
    ${deliveries.length === 0 ? html`<p class="quiet">Nobody hears it.</p>` : html`<ul>${deliveries.map(deliveryItem)}</ul>`}
  </li>`;
}

function deliveryItem({ consumer, state, failure }: Delivery) {
  return html`<li>
    ${deliveryState(state)} <span class="code">${consumer}</span>
    ${failure === undefined || state === 'done' ? nothing : html`<span class="quiet">${failure}</span>`}
  </li>`;
}
