import {
  css,
  customElement,
  describeError,
  type Fact,
  html,
  MlElement,
  nothing,
  pageStyles,
  state,
  toast,
} from '@macrolith/ui';
import { isUnderWay, type Projection, percentOf, type Rebuild, readProjection, startRebuild } from './read-model.js';

const SOON_MS = 1_000;
const LATER_MS = 10_000;

/** The figures are newer than those that the page shows. */
export class ReadModelChanged extends Event {
  static readonly type = 'analytics-read-model-changed';
  constructor() {
    super(ReadModelChanged.type, { bubbles: true, composed: true });
  }
}

/** How far the read model lags behind what happened, and the way to build it anew. Looks again by itself while it is shown. */
@customElement('analytics-read-model')
export class AnalyticsReadModel extends MlElement {
  static override styles = [
    pageStyles,
    css`
      .progress {
        display: grid;
        gap: var(--ml-space-2);
      }
    `,
  ];

  @state() private projection: Projection | undefined;
  @state() private error: unknown;
  @state() private isStarting = false;
  #looking: AbortController | undefined;
  #timer: number | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#looking?.abort();
    clearTimeout(this.#timer);
  }

  override render() {
    if (this.projection === undefined) {
      return this.error === undefined
        ? html`<ml-loading lines="3"></ml-loading>`
        : html`<ml-error .error=${this.error} @ml-retry=${() => void this.#look()}></ml-error>`;
    }
    const { rebuild } = this.projection;
    return html`
      <div class="stack">
        <ml-facts .facts=${factsOf(this.projection)}></ml-facts>
        ${deadLetters(this.projection.dead + (rebuild?.dead ?? 0))}
        ${rebuild === undefined ? this.#offer() : progressOf(rebuild)}
      </div>
    `;
  }

  #offer() {
    return html`<p class="quiet">
        The figures are added up from events. They can be added up anew from the log; until that is done, these stay.
      </p>
      <div>
        <wa-button appearance="outlined" ?loading=${this.isStarting} @click=${() => void this.#rebuild()}>
          <wa-icon slot="start" name="refresh"></wa-icon>Rebuild
        </wa-button>
      </div>`;
  }

  async #rebuild(): Promise<void> {
    this.isStarting = true;
    try {
      this.#show(await startRebuild());
    } catch (error) {
      const { heading, detail } = describeError(error);
      toast({ message: `${heading}. ${detail}`, tone: 'danger' });
    } finally {
      this.isStarting = false;
    }
  }

  async #look(): Promise<void> {
    this.#looking?.abort();
    this.#looking = new AbortController();
    const { signal } = this.#looking;
    try {
      this.#show(await readProjection(signal));
    } catch (error) {
      if (signal.aborted) return;
      // What was read before stays, and the next look may succeed.
      this.error = error;
      this.#lookAgainIn(LATER_MS);
    }
  }

  #show(projection: Projection): void {
    const before = this.projection;
    this.projection = projection;
    this.error = undefined;
    const isOther =
      before?.generation !== projection.generation ||
      before.lastEventAt !== projection.lastEventAt ||
      before.events > projection.events;
    if (before !== undefined && isOther) this.dispatchEvent(new ReadModelChanged());
    if (before?.rebuild !== undefined && projection.rebuild === undefined) {
      toast({ message: 'The figures were added up anew.', tone: 'success' });
    }
    this.#lookAgainIn(isUnderWay(projection) ? SOON_MS : LATER_MS);
  }

  #lookAgainIn(ms: number): void {
    clearTimeout(this.#timer);
    if (this.isConnected) this.#timer = window.setTimeout(() => void this.#look(), ms);
  }
}

function factsOf({ events, oldestAt, lastEventAt, generation, builtAt }: Projection): readonly Fact[] {
  const time = (value: string | undefined, otherwise: string) =>
    value === undefined ? otherwise : html`<ml-time value=${value} format="relative"></ml-time>`;
  return [
    { label: 'Events not counted yet', value: events.toLocaleString() },
    { label: 'The oldest of them', value: time(oldestAt, 'None') },
    { label: 'Newest event counted', value: time(lastEventAt, 'None yet') },
    { label: 'Built', value: html`${time(builtAt, 'Being built')} <span class="quiet">(no. ${generation})</span>` },
  ];
}

function progressOf(rebuild: Rebuild) {
  const percent = percentOf(rebuild);
  return html`<div class="progress">
    <wa-progress-bar value=${percent} label="Rebuild"></wa-progress-bar>
    <p class="quiet" role="status">
      Being built anew: ${(Math.max(rebuild.total - rebuild.events, 0)).toLocaleString()} of
      ${rebuild.total.toLocaleString()} events. These figures stay until it is done.
    </p>
  </div>`;
}

function deadLetters(dead: number) {
  if (dead === 0) return nothing;
  return html`<wa-callout variant="danger">
    <wa-icon slot="icon" name="triangle-alert"></wa-icon>
    ${dead === 1 ? '1 event' : `${dead.toLocaleString()} events`} could not be counted after many attempts. Retry or discard
    ${dead === 1 ? 'it' : 'them'} among the dead letters.
  </wa-callout>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'analytics-read-model': AnalyticsReadModel;
  }
  interface GlobalEventHandlersEventMap {
    'analytics-read-model-changed': ReadModelChanged;
  }
}
