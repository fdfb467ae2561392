import { api, css, customElement, html, MlElement, nothing, property, Resource } from '@macrolith/ui';
import { type FulfilmentStep, isBehind, stepsOf, summaryOf } from './fulfilment-step.js';
import { type Order, orderUrl } from './order.js';
import { isUnderWay, type OrderStory, troublesOf, wordingOf } from './story.js';
import { Watch } from './watch.js';

/** The automatic fulfilment of the order has moved on. */
export const MOVED_ON = 'orders-moved-on';

/** How far the automatic fulfilment of an order has come, live. */
@customElement('orders-fulfilment-progress')
export class FulfilmentProgress extends MlElement {
  static override styles = css`
    :host {
      display: grid;
      gap: var(--ml-space-4);
    }
    p {
      margin: 0;
    }
    ol {
      display: grid;
      gap: var(--ml-space-3);
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: 2rem minmax(0, 1fr) auto;
      align-items: center;
      gap: var(--ml-space-3);
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
    .done .icon {
      background: var(--ml-color-success-surface);
      color: var(--ml-color-success);
    }
    .failed .icon {
      background: var(--ml-color-danger-surface);
      color: var(--ml-color-danger);
    }
    .done .label,
    .current .label {
      font-weight: 550;
    }
    .upcoming,
    .off,
    .quiet {
      color: var(--ml-color-text-quiet);
    }
    .off .label {
      text-decoration: line-through;
    }
    .quiet {
      font-size: var(--ml-text-s);
    }
  `;

  @property({ attribute: false }) order!: Order;

  readonly #watch = new Watch(this, {
    isWanted: () => this.order.status === 'placed' || this.#isGoingOn,
    look: () => this.#look(),
  });

  readonly #story = new Resource(this, {
    args: () => [this.order.orderId, this.order.status] as const,
    load: ([orderId], { signal }) => api.get<OrderStory>(orderUrl(orderId, '/story'), { signal }),
  });

  get #isGoingOn(): boolean {
    const { value } = this.#story;
    return value !== undefined && (isUnderWay(value) || isBehind(this.order, value));
  }

  override render() {
    const { value, error } = this.#story;
    if (value === undefined)
      return error === undefined ? html`<ml-loading lines="4"></ml-loading>` : this.#story.view(() => nothing);
    const steps = stepsOf(this.order, value);
    return html`
      <p role="status">${summaryOf(steps, this.order)}</p>
      <ol>
        ${steps.map((step) => this.#step(step))}
      </ol>
      ${troublesOf(value).map(
        ({ by, state, failure, entry }) => html`<wa-callout variant=${state === 'dead' ? 'danger' : 'warning'}>
          <wa-icon slot="icon" name="triangle-alert"></wa-icon>
          <strong>${wordingOf(entry).label}, and ${by} has not managed its part.</strong>
          ${failure}. ${state === 'dead' ? 'Somebody has to look after it.' : 'It is tried again.'}
        </wa-callout>`,
      )}
    `;
  }

  #step({ icon, label, state, at }: FulfilmentStep) {
    return html`<li class=${state} aria-current=${state === 'current' ? 'step' : nothing}>
      <span class="icon">
        ${state === 'current' ? html`<wa-spinner></wa-spinner>` : html`<wa-icon name=${icon}></wa-icon>`}
      </span>
      <span class="label">${label}</span>
      <span class="quiet">${at === undefined ? nothing : html`<ml-time value=${at} format="time"></ml-time>`}</span>
    </li>`;
  }

  async #look(): Promise<void> {
    const before = signatureOf(this.#story.value);
    await this.#story.reload();
    const story = this.#story.value;
    const hasMoved = signatureOf(story) !== before;
    if (hasMoved) this.#watch.hurry();
    if (hasMoved || (story !== undefined && isBehind(this.order, story))) this.dispatchEvent(new Event(MOVED_ON));
  }
}

/** Changes whenever somebody said or did something. */
function signatureOf(story: OrderStory | undefined): string {
  return (story?.entries ?? [])
    .map(({ messageId, handled }) => messageId + handled.map(({ state }) => state))
    .join(' ');
}
