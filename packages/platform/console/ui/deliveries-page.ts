import {
  api,
  type Column,
  CursorList,
  css,
  customElement,
  describeError,
  html,
  MlPage,
  nothing,
  type Page,
  pageStyles,
  Resource,
  type Searched,
  toast,
} from '@macrolith/ui';
import { messagePage, OVERVIEW } from './addresses.js';
import type { ListedDelivery, Overview } from './answers.js';
import { choice } from './choice.js';
import { filterOf, NO_FILTER, STATE_OPTIONS, WITHIN } from './delivery-filter.js';
import { deliveryState } from './delivery-state.js';
import { ACTION_WORDS, type Action, actionsFor, interveneMany } from './intervention.js';
import { Polling } from './polling.js';

const PAGE = 50;

const columns: readonly Column<ListedDelivery>[] = [
  { label: 'Message', value: ({ type }) => html`<span class="code">${type}</span>` },
  { label: 'For', value: ({ consumer }) => html`<span class="code">${consumer}</span>` },
  { label: 'State', value: ({ state }) => deliveryState(state) },
  { label: 'Key', value: keyCell, secondary: true },
  { label: 'Reason', value: reasonCell, grow: true },
  { label: 'Written', value: ({ time }) => html`<ml-time value=${time} format="relative"></ml-time>` },
];

/** What is owed, or was owed, the newest first. The filter stands in the address, so that it can be shared. */
@customElement('console-deliveries-page')
export class DeliveriesPage extends MlPage {
  static override styles = [
    pageStyles,
    css`
      .toolbar ml-search {
        flex: 1 1 12rem;
      }
      .many {
        justify-content: flex-end;
        margin-block-end: var(--ml-space-4);
      }
    `,
  ];

  private readonly deliveries = new CursorList(this, {
    args: () => [`${this.query}`] as const,
    load: (_, { cursor, signal }) => {
      const query = { ...filterOf(this.query, Date.now()), cursor, limit: PAGE };
      return api.get<Page<ListedDelivery>>('/api/console/deliveries', { query, signal });
    },
  });

  private readonly logs = new Resource(this, {
    load: async (_, { signal }) => (await api.get<Overview>('/api/console/overview', { signal })).logs,
  });

  constructor() {
    super();
    // Whoever has read on to further pages is not thrown back to the first.
    new Polling(this, async () => {
      if (this.deliveries.status === 'ready' && this.deliveries.items.length <= PAGE) await this.deliveries.reload();
    });
  }

  override render() {
    return html`
      <ml-page-header
        heading="Deliveries"
        description="What modules said and queued, for each who hears it, the newest first."
        back-href=${OVERVIEW}
        back-label="Console"
      ></ml-page-header>
      <div class="toolbar">
        ${this.#choice('State', 'state', STATE_OPTIONS)} ${this.#choice('Module', 'log', this.#modules)}
        ${this.#choice('Written', 'within', WITHIN)} ${this.#story()}
      </div>
      <div class="toolbar">
        ${this.#search('Consumer', 'consumer')} ${this.#search('Type', 'type')} ${this.#search('Key', 'key')}
      </div>
      ${this.#many()}
      <ml-table
        label="Deliveries"
        .columns=${columns}
        .list=${this.deliveries}
        .rowHref=${({ messageId }: ListedDelivery) => messagePage(messageId)}
      >
        ${this.#empty()}
      </ml-table>
    `;
  }

  get #modules() {
    const names = (this.logs.value ?? []).map(({ log }) => log);
    return [{ value: '', label: 'all' }, ...names.map((log) => ({ value: log, label: log }))];
  }

  #choice(label: string, name: string, options: Parameters<typeof choice>[0]['options']) {
    return choice({
      label,
      options,
      chosen: this.query.get(name) ?? '',
      choose: (value) => this.setQuery({ [name]: value }),
    });
  }

  #search(label: string, name: string) {
    return html`<ml-search
      label=${label}
      .value=${this.query.get(name) ?? ''}
      @ml-search=${(event: Searched) => this.setQuery({ [name]: event.value })}
    ></ml-search>`;
  }

  #story() {
    const correlationId = this.query.get('correlationId');
    if (correlationId === null) return nothing;
    return html`<wa-button appearance="outlined" @click=${() => this.setQuery({ correlationId: '' })}>
      Story: ${correlationId.slice(0, SHORT_KEY)}<wa-icon slot="end" name="x" label="Show all stories"></wa-icon>
    </wa-button>`;
  }

  /** What can be done to all that the filter means, once it means deliveries of one state. */
  #many() {
    const state = this.query.get('state') as Parameters<typeof actionsFor>[0] | null;
    if (state === null || !STATE_OPTIONS.some(({ value }) => value === state)) return nothing;
    if (this.deliveries.items.length === 0) return nothing;
    return html`<div class="row many">
      ${actionsFor(state).map(
        (action) => html`<wa-button
          size="s"
          appearance="outlined"
          variant=${ACTION_WORDS[action].tone === 'danger' ? 'danger' : 'neutral'}
          @click=${() => void this.#act(action)}
        >
          ${ACTION_WORDS[action].label} all of these
        </wa-button>`,
      )}
    </div>`;
  }

  async #act(action: Action): Promise<void> {
    try {
      if (await interveneMany(action, filterOf(this.query, Date.now()))) await this.deliveries.reload();
    } catch (error) {
      const { heading, detail } = describeError(error);
      toast({ message: `${heading}. ${detail}`, tone: 'danger' });
    }
  }

  #empty() {
    if (`${this.query}` !== '') {
      return html`<ml-empty slot="empty" icon="search" heading="No such delivery">
        Write consumer, type and key exactly as they are, or look at all.
        <wa-button slot="actions" appearance="outlined" @click=${() => this.setQuery(NO_FILTER)}>Show all deliveries</wa-button>
      </ml-empty>`;
    }
    return html`<ml-empty slot="empty" icon="inbox" heading="Nothing was said yet">
      What modules publish and queue shows here.
    </ml-empty>`;
  }
}

/** A longer key, such as an id, is told by its beginning. */
const SHORT_KEY = 12;

/** A task's key is its own id, and says nothing. */
function keyCell({ key, messageId }: ListedDelivery) {
  if (key === messageId) return nothing;
  const shown = key.length > SHORT_KEY ? `${key.slice(0, SHORT_KEY - 1)}…` : key;
  return html`<span class="code" title=${key}>${shown}</span>`;
}

function reasonCell({ failure, state }: ListedDelivery) {
  return html`<span class="quiet">${failure === undefined || state === 'done' ? '–' : failure}</span>`;
}
