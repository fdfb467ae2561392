import {
  api,
  type Column,
  CursorList,
  customElement,
  html,
  MlPage,
  type Page,
  pageStyles,
  Resource,
} from '@macrolith/ui';
import { OVERVIEW, runPage } from './addresses.js';
import type { Overview } from './answers.js';
import { choice } from './choice.js';
import { Polling } from './polling.js';
import { RUN_STATUSES, type Run } from './run-answers.js';
import { RUN_STATUS_WORDS, runStatus } from './run-status.js';

const PAGE = 50;

const columns: readonly Column<Run>[] = [
  { label: 'Workflow', value: ({ workflow }) => html`<span class="code">${workflow}</span>` },
  { label: 'State', value: runStatus },
  { label: 'Reason', value: reasonCell, grow: true },
  { label: 'Begun', value: ({ createdAt }) => html`<ml-time value=${createdAt} format="relative"></ml-time>` },
];

const STATUS_OPTIONS = [
  { value: '', label: 'all' },
  ...RUN_STATUSES.map((status) => ({ value: status, label: RUN_STATUS_WORDS[status].label })),
];

/** Runs of a module's durable workflows, the newest first. The filter stands in the address. */
@customElement('console-runs-page')
export class RunsPage extends MlPage {
  static override styles = pageStyles;

  private readonly keepers = new Resource(this, {
    load: async (_, { signal }) => (await api.get<Overview>('/api/console/overview', { signal })).runKeepers,
  });

  private readonly runs = new CursorList(this, {
    args: () => [this.#module, this.query.get('status')] as const,
    load: async ([module, status], { cursor, signal }): Promise<Page<Run>> => {
      if (module === undefined) return { items: [] };
      const query = { module, status, cursor, limit: PAGE };
      return api.get<Page<Run>>('/api/console/runs', { query, signal });
    },
  });

  constructor() {
    super();
    new Polling(this, async () => {
      if (this.runs.status === 'ready' && this.runs.items.length <= PAGE) await this.runs.reload();
    });
  }

  override render() {
    return html`
      <ml-page-header
        heading="Workflow runs"
        description="Workflows that take several transactions, the newest first."
        back-href=${OVERVIEW}
        back-label="Console"
      ></ml-page-header>
      ${this.keepers.view((keepers) => this.#list(keepers))}
    `;
  }

  /** The module that the address names, or else the first that keeps runs. */
  get #module(): string | undefined {
    return this.query.get('module') ?? this.keepers.value?.[0];
  }

  #list(keepers: readonly string[]) {
    return html`
      <div class="toolbar">
        ${choice({
          label: 'Module',
          chosen: this.#module ?? '',
          options: keepers.map((module) => ({ value: module, label: module })),
          choose: (module) => this.setQuery({ module }),
        })}
        ${choice({
          label: 'State',
          chosen: this.query.get('status') ?? '',
          options: STATUS_OPTIONS,
          choose: (status) => this.setQuery({ status }),
        })}
      </div>
      <ml-table label="Runs" .columns=${columns} .list=${this.runs} .rowHref=${(run: Run) => runPage(run)}>
        ${this.#empty()}
      </ml-table>
    `;
  }

  #empty() {
    if (this.query.has('status')) {
      return html`<ml-empty slot="empty" icon="search" heading="No such run">
        No run of this module is in that state.
        <wa-button slot="actions" appearance="outlined" @click=${() => this.setQuery({ status: '' })}>Show all runs</wa-button>
      </ml-empty>`;
    }
    return html`<ml-empty slot="empty" icon="layers" heading="No runs yet">
      A workflow shows here where one transaction cannot hold it. While all that it needs is in this process, it can.
    </ml-empty>`;
  }
}

/** What holds it up, while something does; else what it is taken back for. */
function reasonCell({ failure, refusal, cancelledFor, closedAt }: Run) {
  const heldUpBy = closedAt === undefined ? failure?.split('\n', 1)[0] : undefined;
  return html`<span class="quiet">${heldUpBy ?? cancelledFor ?? refusal ?? '–'}</span>`;
}
