import {
  customElement,
  type ElementFailed,
  html,
  LitElement,
  nothing,
  type PropertyValues,
  property,
  state,
} from '@macrolith/ui';
import type { InstalledUi } from '@macrolith/ui/manifest';
import { connect, makeElement } from './module-elements.js';
import { ModuleFailure } from './module-failure.js';

/** A module's element is in the page. */
export class ViewReady extends Event {
  static readonly type = 'ml-view-ready';
  constructor() {
    super(ViewReady.type);
  }
}

/**
 * The place of one element of a module. Whatever goes wrong with the module (its script, its definition, its rendering) is
 * shown here with a way to try again, and nowhere else.
 */
@customElement('ml-module-view')
export class MlModuleView extends LitElement {
  @property({ attribute: false }) ui!: InstalledUi;
  @property() element = '';
  /** Properties that the element gets: before it is connected, and whenever they change. */
  @property({ attribute: false }) values: Readonly<Record<string, unknown>> = {};

  /** Names the place when the element cannot be shown: the page's title. */
  @property() heading = '';
  /** In a small place: no skeleton, and a failure in one line. */
  @property({ type: Boolean }) compact = false;

  @state() private failure: ModuleFailure | undefined;
  @state() private isLoading = true;

  #shown: HTMLElement | undefined;

  constructor() {
    super();
    this.addEventListener('ml-element-failed', (event) => this.#elementFailed(event));
    this.addEventListener('ml-retry', (event) => {
      if (this.failure === undefined) return;
      event.stopPropagation();
      void this.#show();
    });
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override firstUpdated(): void {
    void this.#show();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('values') && this.#shown !== undefined) Object.assign(this.#shown, this.values);
  }

  override render() {
    if (this.failure !== undefined) return html`${this.#failureHeading()}${failureTemplate(this.failure, this)}`;
    return this.isLoading && !this.compact ? html`<ml-loading></ml-loading>` : nothing;
  }

  #failureHeading() {
    return this.compact ? nothing : html`<ml-page-header heading=${this.heading}></ml-page-header>`;
  }

  async #show(): Promise<void> {
    this.#shown?.remove();
    this.#shown = undefined;
    this.failure = undefined;
    this.isLoading = true;
    try {
      const element = await makeElement(this.ui, this.element);
      if (!this.isConnected) return;
      Object.assign(element, this.values);
      this.#shown = element;
      connect(element, this, this.ui.module);
      await (element as Partial<LitElement>).updateComplete;
      this.isLoading = false;
      this.dispatchEvent(new ViewReady());
    } catch (error) {
      this.#fail(error instanceof ModuleFailure ? error : ModuleFailure.broken(this.ui.module, error));
    }
  }

  #elementFailed(event: ElementFailed): void {
    event.stopPropagation();
    this.#fail(ModuleFailure.broken(this.ui.module, event.error));
  }

  #fail(failure: ModuleFailure): void {
    this.#shown?.remove();
    this.#shown = undefined;
    this.isLoading = false;
    this.failure = failure;
  }
}

/** A module that could not be shown, by name. */
export function failureTemplate(failure: ModuleFailure, { compact = false, noRetry = false } = {}) {
  return html`
    <ml-error ?compact=${compact} ?no-retry=${noRetry} .error=${failure} heading=${`The module ‘${failure.module}’ could not be shown`}>
      <wa-button slot="actions" size="s" appearance=${noRetry ? 'outlined' : 'plain'} @click=${() => location.reload()}>Reload the page</wa-button>
    </ml-error>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-module-view': MlModuleView;
  }
  interface HTMLElementEventMap {
    'ml-view-ready': ViewReady;
  }
}
