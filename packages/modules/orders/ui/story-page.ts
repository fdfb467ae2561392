import { api, css, customElement, html, MlPage, nothing, pageStyles, path, Resource, state } from '@macrolith/ui';
import { type Order, orderPage, orderUrl } from './order.js';
import { type Handling, handlingStatus, isUnderWay, type OrderStory, type StoryEntry, wordingOf } from './story.js';
import { Watch } from './watch.js';

/** The whole story of one order: what every module said, who took it, what failed, and what people were told. */
@customElement('orders-story-page')
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
      .entry {
        display: grid;
        grid-template-columns: 7rem 2rem minmax(0, 1fr);
        gap: var(--ml-space-1) var(--ml-space-3);
        padding-block-end: var(--ml-space-5);
        position: relative;
      }
      .entry:last-child {
        padding-block-end: 0;
      }
      .entry:not(:last-child)::before {
        content: '';
        position: absolute;
        inset-block: 2rem 0;
        inset-inline-start: calc(7rem + var(--ml-space-3) + 1rem - 0.5px);
        border-inline-start: 1px solid var(--ml-color-border);
      }
      .when {
        display: grid;
        align-content: start;
        padding-block-start: 0.25rem;
        text-align: end;
      }
      .icon {
        display: grid;
        place-items: center;
        width: 2rem;
        height: 2rem;
        border-radius: 50%;
        background: var(--ml-color-sunken);
        color: var(--ml-color-text-quiet);
      }
      .what {
        display: grid;
        gap: var(--ml-space-1);
        padding-block-start: 0.25rem;
        overflow-wrap: anywhere;
      }
      strong {
        font-weight: 550;
      }
      ul {
        display: grid;
        gap: var(--ml-space-1);
        margin: var(--ml-space-1) 0 0;
        padding: 0;
        list-style: none;
      }
      ul li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--ml-space-2);
      }
      .cut {
        margin: var(--ml-space-5) 0 0;
      }
      .failure {
        flex-basis: 100%;
      }
      @media (max-width: 40rem) {
        .entry {
          grid-template-columns: 2rem minmax(0, 1fr);
        }
        .entry:not(:last-child)::before {
          inset-inline-start: calc(1rem - 0.5px);
        }
        .icon {
          grid-area: 1 / 1 / span 2;
        }
        .when {
          display: flex;
          gap: var(--ml-space-2);
        }
        .what {
          grid-column: 2;
          padding: 0;
        }
        ul {
          gap: var(--ml-space-3);
        }
      }
    `,
  ];

  /** Nothing was said of it, since it is not placed yet. */
  @state() private isBeingPlaced = false;

  private readonly story = new Resource(this, {
    args: () => [this.params.orderId ?? ''] as const,
    load: async ([orderId], { signal }) => {
      const story = await api.get<OrderStory>(orderUrl(orderId, '/story'), { signal });
      this.isBeingPlaced = story.entries.length === 0 && (await isPending(orderId, signal));
      return story;
    },
  });

  protected readonly watch = new Watch(this, {
    isWanted: () => this.story.value !== undefined && (this.isBeingPlaced || isUnderWay(this.story.value)),
    look: () => this.story.reload(),
  });

  override render() {
    const orderId = this.params.orderId ?? '';
    return html`
      <ml-page-header
        heading="The story of order ${orderId.slice(-12)}"
        description="What the modules said, who took it, and what came of it. The oldest first."
        back-href=${orderPage(orderId)}
        back-label="Order"
      ></ml-page-header>
      ${this.story.view((story) => this.#story(story))}
    `;
  }

  #story(story: OrderStory) {
    const { entries, isCut } = story;
    if (entries.length === 0) return html`<ml-card>${this.isBeingPlaced ? nothingYet : nothingAnyMore}</ml-card>`;
    const byId = new Map(entries.map((entry) => [entry.messageId, entry]));
    const beginning = Date.parse(entries[0]!.saidAt);
    return html`<ml-card>
      <ol>
        ${entries.map((entry) => this.#entry(entry, byId.get(entry.because ?? ''), beginning))}
      </ol>
      ${isCut ? cut : nothing}
    </ml-card>`;
  }

  #entry(entry: StoryEntry, cause: StoryEntry | undefined, beginning: number) {
    const { icon, label } = wordingOf(entry);
    return html`<li class="entry">
      <div class="when">
        <ml-time value=${entry.saidAt} format="time"></ml-time>
        <span class="quiet">+${lengthOf(Date.parse(entry.saidAt) - beginning)}</span>
      </div>
      <span class="icon"><wa-icon name=${icon}></wa-icon></span>
      <div class="what">
        <strong>${label}</strong>
        <span class="quiet">
          ${entry.saidBy} · <span class="code">${entry.type}</span>
          ${cause === undefined ? nothing : html` · because: ${lowerFirst(wordingOf(cause).label)}`}
        </span>
        ${this.#handlings(entry)}
      </div>
    </li>`;
  }

  #handlings(entry: StoryEntry) {
    if (entry.handled.length === 0) return html`<span class="quiet">Nobody waits for it.</span>`;
    return html`<ul aria-label="Who took it">
      ${entry.handled.map((handling) => this.#handling(handling, entry))}
    </ul>`;
  }

  #handling(handling: Handling, { type, messageId, saidAt }: StoryEntry) {
    const { by, attempts, at, failure } = handling;
    const { label, tone } = handlingStatus(handling);
    const message = type === 'notifications.send' && handling.state === 'done';
    return html`<li>
      <ml-status tone=${tone}>${label}</ml-status>
      <span class="code">${by}</span>
      ${at === undefined ? nothing : html`<span class="quiet">${lengthOf(Date.parse(at) - Date.parse(saidAt))} later</span>`}
      ${attempts > 1 ? html`<span class="quiet">${attempts} attempts</span>` : nothing}
      ${message ? html`<ml-link href=${path`/notifications/${messageId}`}>Read the message</ml-link>` : nothing}
      ${failure === undefined ? nothing : html`<span class="failure quiet">${failure}</span>`}
    </li>`;
  }
}

async function isPending(orderId: string, signal: AbortSignal): Promise<boolean> {
  return (await api.get<Order>(orderUrl(orderId), { signal })).status === 'pending';
}

const nothingYet = html`<ml-empty icon="history" heading="Nothing was said yet">
  The order is being placed: not all that it needs has answered. Its story begins when it is placed.
</ml-empty>`;

const nothingAnyMore = html`<ml-empty icon="history" heading="Nothing is known any more">
  What is said is kept for a while only, and this order is older.
</ml-empty>`;

const cut = html`<p class="cut quiet">
  There is more than is shown: it is very long, or a module that knows more of it cannot be asked at the moment.
</p>`;

/** `12 ms`, `3.4 s`, `2 min`: how long something took. */
function lengthOf(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 3_600_000)} h`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
