import { customElement, html, MlElement, property, Resource } from '@macrolith/ui';
import { levels } from './level-loader.js';
import { judge, pieces, type StockLevel } from './stock.js';

/** Whether a product can be had, on the pages of the catalog. */
@customElement('inventory-stock-level')
export class StockLevelElement extends MlElement {
  @property({ attribute: false }) context!: { readonly productId: string };

  private readonly level = new Resource(this, {
    args: () => [this.context.productId] as const,
    load: ([productId]) => levels.load(productId),
  });

  override render() {
    if (this.level.error !== undefined) return html`<ml-status>Availability unknown</ml-status>`;
    return this.level.view(
      (level) => this.#availability(level),
      () => html`<ml-status>…</ml-status>`,
    );
  }

  #availability(level: StockLevel) {
    const { tone, verdict } = judge(level);
    const text = level.available === 0 ? verdict : `${pieces(level.available)} available`;
    return html`<ml-status tone=${tone} title=${verdict}>${text}</ml-status>`;
  }
}
