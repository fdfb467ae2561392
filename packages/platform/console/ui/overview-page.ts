import { api, type Column, css, customElement, html, MlPage, nothing, pageStyles, Resource } from '@macrolith/ui';
import { deliveriesPage, runsPage, UNREADABLE } from './addresses.js';
import type { Consumer, Log, Overview } from './answers.js';
import { countText } from './delivery-state.js';
import { Polling } from './polling.js';

const logColumns: readonly Column<Log>[] = [
  { label: 'Module', value: ({ log }) => log, grow: true },
  { label: 'Last message', value: ({ lastMessageAt }) => since(lastMessageAt, 'Nothing yet'), secondary: true },
  { label: 'Oldest open', value: ({ oldestOpenAt }) => since(oldestOpenAt, '–') },
  { label: 'Open', value: ({ open }) => countText(open), align: 'end' },
  { label: 'Held', value: ({ held }) => countText(held), align: 'end' },
  { label: 'Dead', value: ({ dead }) => countText(dead), align: 'end' },
];

const consumerColumns: readonly Column<Consumer>[] = [
  { label: 'Consumer', value: ({ consumer }) => html`<span class="code">${consumer}</span>`, grow: true },
  { label: 'Hears', value: hears, secondary: true },
  { label: 'State', value: consumerState },
  { label: 'Oldest open', value: ({ oldestOpenAt }) => since(oldestOpenAt, '–') },
  { label: 'Open', value: ({ open }) => countText(open), align: 'end' },
  { label: 'Dead', value: ({ dead }) => countText(dead), align: 'end' },
];

/** All modules and their consumers: what is owed to them, how far behind they are, and whether somebody is needed. */
@customElement('console-overview-page')
export class OverviewPage extends MlPage {
  static override styles = [
    pageStyles,
    css`
      h2 {
        margin-block-end: var(--ml-space-3);
      }
    `,
  ];

  private readonly overview = new Resource(this, {
    load: (_, { signal }) => api.get<Overview>('/api/console/overview', { signal }),
  });

  constructor() {
    super();
    new Polling(this, async () => {
      if (this.overview.error === undefined) await this.overview.reload();
    });
  }

  override render() {
    return html`
      <ml-page-header
        heading="Console"
        description="What is still to be handed over, what failed, and what to do about it."
      >
        <wa-button slot="actions" appearance="outlined" href=${deliveriesPage()}>
          <wa-icon slot="start" name="list"></wa-icon>All deliveries
        </wa-button>
        ${
          this.overview.value?.runKeepers.length
            ? html`<wa-button slot="actions" appearance="outlined" href=${runsPage()}>
                <wa-icon slot="start" name="layers"></wa-icon>Workflow runs
              </wa-button>`
            : nothing
        }
      </ml-page-header>
      ${this.overview.view((overview) => this.#overview(overview))}
    `;
  }

  #overview({ logs, stuckRuns }: Overview) {
    const consumers = logs.flatMap((log) => log.consumers);
    return html`
      <div class="stack">
        ${this.#call(consumers, stuckRuns)} ${this.#unreadable(logs)}
        <section>
          <h2>Modules</h2>
          <ml-table
          label="Modules that publish or queue"
          .columns=${logColumns}
          .rows=${logs}
          .rowHref=${({ log }: Log) => deliveriesPage({ log })}
        >
          <ml-empty slot="empty" icon="inbox" heading="No module has an outbox">
            A module that publishes events or queues tasks shows here.
          </ml-empty>
        </ml-table></section>
        <section><h2>Consumers</h2>
        <ml-table
          label="Consumers"
          .columns=${consumerColumns}
          .rows=${consumers}
          .rowHref=${({ log, consumer, dead }: Consumer) =>
            deliveriesPage({ log, consumer, state: dead > 0 ? 'dead' : undefined })}
        >
          <ml-empty slot="empty" icon="inbox" heading="Nobody hears anything yet">
            A method that hears an event shows here as soon as its module has started once.
          </ml-empty>
        </ml-table></section>
      </div>
    `;
  }

  #unreadable(logs: readonly Log[]) {
    const count = logs.reduce((sum, { unreadable }) => sum + unreadable, 0);
    if (count === 0) return nothing;
    return html`<wa-callout variant="warning">
      <wa-icon slot="icon" name="circle-alert"></wa-icon>
      <strong>${count === 1 ? 'One message that came over the broker is no event' : `${countText(count)} messages that came over the broker are no events`}.</strong>
      <ml-link href=${UNREADABLE}>See what came</ml-link>
    </wa-callout>`;
  }

  /** One sentence on whether somebody is needed, and where. */
  #call(consumers: readonly Consumer[], stuckRuns: number) {
    const dead = consumers.reduce((sum, consumer) => sum + consumer.dead, 0);
    const unserved = consumers.filter(({ isUnserved }) => isUnserved).map(({ consumer }) => consumer);
    if (dead === 0 && unserved.length === 0 && stuckRuns === 0) {
      return html`<wa-callout variant="success">
        <wa-icon slot="icon" name="circle-check"></wa-icon>
        Nobody is needed: there are no dead letters, no run is stuck, and every consumer is served.
      </wa-callout>`;
    }
    return html`
      ${
        dead === 0
          ? nothing
          : html`<wa-callout variant="danger">
              <wa-icon slot="icon" name="triangle-alert"></wa-icon>
              <strong>${dead === 1 ? 'One dead letter waits' : `${countText(dead)} dead letters wait`} for a decision.</strong>
              <ml-link href=${deliveriesPage({ state: 'dead' })}>See why they failed</ml-link>
            </wa-callout>`
      }
      ${
        stuckRuns === 0
          ? nothing
          : html`<wa-callout variant="danger">
              <wa-icon slot="icon" name="triangle-alert"></wa-icon>
              <strong>${stuckRuns === 1 ? 'One run of a workflow is' : `${countText(stuckRuns)} runs of workflows are`} stuck.</strong>
              <ml-link href=${runsPage({ status: 'stuck' })}>See why</ml-link>
            </wa-callout>`
      }
      ${
        unserved.length === 0
          ? nothing
          : html`<wa-callout variant="warning">
              <wa-icon slot="icon" name="circle-alert"></wa-icon>
              <strong>Nobody serves ${unserved.join(', ')}.</strong>
              What it is owed waits until a process runs that has it.
            </wa-callout>`
      }
    `;
  }
}

function since(moment: string | undefined, otherwise: string) {
  return moment === undefined
    ? html`<span class="quiet">${otherwise}</span>`
    : html`<ml-time value=${moment} format="relative"></ml-time>`;
}

function hears({ log, events }: Consumer) {
  const heard = events.map((event) => (event === '*' ? `all events of ${log}` : event));
  return html`<span class="quiet">${heard.length === 0 ? `a task of ${log}` : heard.join(', ')}</span>`;
}

function consumerState({ isUnserved, isFilling, dead, waiting, held, open }: Consumer) {
  if (isUnserved) return html`<ml-status tone="warning">Nobody serves it</ml-status>`;
  if (isFilling) return html`<ml-status tone="brand">Catching up</ml-status>`;
  if (dead > 0) return html`<ml-status tone="danger">Has dead letters</ml-status>`;
  if (held > 0) return html`<ml-status tone="warning">Holds some</ml-status>`;
  if (waiting > 0) return html`<ml-status tone="warning">Tries again</ml-status>`;
  return open > 0
    ? html`<ml-status tone="brand">At work</ml-status>`
    : html`<ml-status tone="success">Up to date</ml-status>`;
}
