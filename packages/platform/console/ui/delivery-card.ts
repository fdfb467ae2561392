import { css, customElement, html, MlElement, nothing, pageStyles, property } from '@macrolith/ui';
import type { Delivery } from './answers.js';
import { deliveryState, STATE_WORDS } from './delivery-state.js';
import { ACTION_WORDS, type Action, actionsFor } from './intervention.js';
import { textBlockStyles } from './text-block.js';

/** Somebody wants to act on the delivery. */
export class ActionWanted extends Event {
  static readonly type = 'console-action-wanted';
  constructor(readonly action: Action) {
    super(ActionWanted.type, { bubbles: true, composed: true });
  }
}

/** What became of a message at one consumer, why, and what can be done about it. */
@customElement('console-delivery-card')
export class DeliveryCard extends MlElement {
  static override styles = [
    pageStyles,
    textBlockStyles,
    css`
      .failure {
        display: grid;
        gap: var(--ml-space-2);
        grid-template-columns: minmax(0, 1fr);
      }
    `,
  ];

  @property({ attribute: false }) delivery!: Delivery;

  override render() {
    const { consumer, state } = this.delivery;
    return html`
      <ml-card heading=${consumer}>
        <span slot="actions" class="row">
          ${deliveryState(state)}
          ${actionsFor(state).map((action) => this.#button(action))}
        </span>
        <div class="stack">
          <p class="quiet">${STATE_WORDS[state].meaning}</p>
          <ml-facts .facts=${factsOf(this.delivery)}></ml-facts>
          ${this.#failure()}
        </div>
      </ml-card>
    `;
  }

  #button(action: Action) {
    const { label, tone } = ACTION_WORDS[action];
    return html`<wa-button
      size="s"
      appearance="outlined"
      variant=${tone === 'danger' ? 'danger' : 'neutral'}
      @click=${() => this.dispatchEvent(new ActionWanted(action))}
    >
      ${label}
    </wa-button>`;
  }

  #failure() {
    const { failure, state, consumer } = this.delivery;
    if (failure === undefined) return nothing;
    return html`<div class="failure">
      <p class="quiet">${state === 'done' ? 'Why it failed before' : 'Why it failed'}</p>
      <pre tabindex="0" role="region" aria-label="Why it failed for ${consumer}">${failure}</pre>
    </div>`;
  }
}

function factsOf({ state, attempts, round, dueAt, leasedUntil, failedAt, closedAt }: Delivery) {
  const moment = (value: string | undefined) => html`<ml-time value=${value}></ml-time>`;
  return [
    { label: 'Attempts', value: attempts },
    ...(round === 0 ? [] : [{ label: 'Replayed', value: round === 1 ? 'once' : `${round} times` }]),
    ...(state === 'waiting' || state === 'held' ? [{ label: 'Tried again', value: moment(dueAt) }] : []),
    ...(leasedUntil === undefined ? [] : [{ label: 'Taken for dead', value: moment(leasedUntil) }]),
    ...(failedAt === undefined ? [] : [{ label: 'Failed last', value: moment(failedAt) }]),
    ...(closedAt === undefined || state === 'dead' ? [] : [{ label: 'Ended', value: moment(closedAt) }]),
  ];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'console-action-wanted': ActionWanted;
  }
}
