import { LitElement, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { SlotRequest } from './slot-request.js';

/**
 * A place for other modules' elements: `<ml-slot name="catalog.product-actions" .context=${{ productId }}>`.
 * Each of them gets `context` as a property. Empty when no module contributes.
 */
@customElement('ml-slot')
export class MlSlot extends LitElement {
  /** Begins with the name of the module that offers it. */
  @property() name = '';
  @property({ attribute: false }) context: Readonly<Record<string, unknown>> = {};

  /** Contributions are children of the slot itself, so that the page's layout applies to them. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('name') || changed.has('context')) {
      this.dispatchEvent(new SlotRequest(this.name, this.context, this));
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-slot': MlSlot;
  }
}
