import type { LitElement } from '@macrolith/ui';
import { BASKET_CHANGED } from './basket.js';

/** Renders `host` again whenever the basket changes. */
export class BasketWatch {
  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener(BASKET_CHANGED, this.#changed);
  }

  hostDisconnected(): void {
    window.removeEventListener(BASKET_CHANGED, this.#changed);
  }

  #changed = () => this.host.requestUpdate();
}
