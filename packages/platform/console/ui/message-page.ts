import { api, css, customElement, html, MlPage, nothing, pageStyles, path, Resource } from '@macrolith/ui';
import './delivery-card.js';
import { deliveriesPage, messagePage, storyPage } from './addresses.js';
import type { Delivery, DeliveryState, Intervention, MessageDetails } from './answers.js';
import type { ActionWanted } from './delivery-card.js';
import { intervene } from './intervention.js';
import { Polling } from './polling.js';
import { textBlockStyles } from './text-block.js';

/** One message: its attributes and data, what became of it at each consumer, and what people did about it. */
@customElement('console-message-page')
export class MessagePage extends MlPage {
  static override styles = [
    pageStyles,
    textBlockStyles,
    css`
      ul {
        display: grid;
        gap: var(--ml-space-4);
        margin: 0;
        padding: 0;
        list-style: none;
        overflow-wrap: anywhere;
      }
    `,
  ];

  private readonly message = new Resource(this, {
    args: () => [this.params.messageId ?? ''] as const,
    load: async ([messageId], { signal }) => {
      const message = await api.get<MessageDetails>(path`/api/console/messages/${messageId}`, { signal });
      this.pageTitle = message.type;
      return message;
    },
  });

  constructor() {
    super();
    new Polling(this, async () => {
      if (this.message.error === undefined) await this.message.reload();
    });
  }

  override render() {
    const isThere = this.message.value !== undefined && this.message.error === undefined;
    return html`
      ${isThere ? nothing : html`<ml-page-header heading="Message" back-href=${deliveriesPage()} back-label="Deliveries"></ml-page-header>`}
      ${this.message.view((message) => this.#page(message))}
    `;
  }

  #page(message: MessageDetails) {
    const { type, kind, deliveries, data, key, correlationId } = message;
    return html`
      <ml-page-header heading=${type} back-href=${deliveriesPage()} back-label="Deliveries">
        <ml-status slot="status">${kind === 'event' ? 'Event' : 'Task'}</ml-status>
        <wa-button slot="actions" appearance="outlined" href=${storyPage({ correlation: correlationId })}>
          <wa-icon slot="start" name="history"></wa-icon>Its story
        </wa-button>
        ${
          kind === 'event'
            ? html`<wa-button slot="actions" appearance="outlined" href=${storyPage({ key })}>
                <wa-icon slot="start" name="key"></wa-icon>All of its key
              </wa-button>`
            : nothing
        }
      </ml-page-header>
      <div class="split">
        <div class="stack">
          ${deliveries.length === 0 ? nobody : byUrgency(deliveries).map((delivery) => this.#delivery(message, delivery))}
          <ml-card heading="Data"><pre tabindex="0" role="region" aria-label="Data">${data}</pre></ml-card>
        </div>
        <div class="stack">
          <ml-card heading="Attributes"><ml-facts .facts=${factsOf(message)}></ml-facts></ml-card>
          ${this.#interventions(message)}
        </div>
      </div>
    `;
  }

  #delivery({ messageId }: MessageDetails, delivery: Delivery) {
    const act = async ({ action }: ActionWanted) => {
      if (await intervene(action, messageId, delivery)) await this.message.reload();
    };
    return html`<console-delivery-card
      .delivery=${delivery}
      @console-action-wanted=${(event: ActionWanted) => void act(event)}
    ></console-delivery-card>`;
  }

  #interventions({ interventions }: MessageDetails) {
    if (interventions.length === 0) return nothing;
    return html`<ml-card heading="What people did"><ul>${interventions.map(intervention)}</ul></ml-card>`;
  }
}

/** What needs somebody comes first, what is over last. */
const URGENCY: readonly DeliveryState[] = ['dead', 'held', 'waiting', 'leased', 'due', 'parked', 'discarded', 'done'];

function byUrgency(deliveries: readonly Delivery[]): readonly Delivery[] {
  return deliveries.toSorted((one, other) => URGENCY.indexOf(one.state) - URGENCY.indexOf(other.state));
}

const nobody = html`<ml-card>
  <ml-empty icon="inbox" heading="It is owed to nobody">No consumer was registered when it was written.</ml-empty>
</ml-card>`;

const DID: Readonly<Record<string, string>> = {
  retry: 'retried it',
  discard: 'discarded it',
  replay: 'replayed it',
  cancel: 'cancelled it',
};

function intervention({ who, action, consumer, why, at }: Intervention) {
  return html`<li>
    <strong>${who}</strong> ${DID[action] ?? action} for <span class="code">${consumer}</span>: “${why}”
    <div class="quiet"><ml-time value=${at}></ml-time></div>
  </li>`;
}

function factsOf({ messageId, source, key, time, correlationId, causationId, traceparent }: MessageDetails) {
  const code = (text: string) => html`<span class="code">${text}</span>`;
  return [
    { label: 'Written', value: html`<ml-time value=${time}></ml-time>` },
    { label: 'Source', value: code(source) },
    ...(key === messageId ? [] : [{ label: 'Key', value: code(key) }]),
    { label: 'Id', value: code(messageId) },
    { label: 'Correlation', value: code(correlationId) },
    ...(causationId === undefined
      ? []
      : [
          { label: 'Caused by', value: html`<ml-link href=${messagePage(causationId)}>${code(causationId)}</ml-link>` },
        ]),
    ...(traceparent === undefined ? [] : [{ label: 'Trace', value: code(traceparent.split('-')[1] ?? traceparent) }]),
  ];
}
