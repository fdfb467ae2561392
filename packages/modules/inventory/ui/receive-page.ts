import { api, css, customElement, type FormAction, html, MlPage, navigate, pageStyles, toast } from '@macrolith/ui';
import { pieces, type StockLevel } from './stock.js';

/** Books goods that came in. */
@customElement('inventory-receive-page')
export class ReceivePage extends MlPage {
  static override styles = [
    pageStyles,
    css`
      .pair {
        display: grid;
        gap: var(--ml-space-4);
        grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
      }
    `,
  ];

  private readonly receive: FormAction<{ readonly productId: string; readonly quantity: number }> = async (
    receipt,
    { idempotencyKey },
  ) => {
    const level = await api.post<StockLevel>('/api/inventory/receipts', receipt, { idempotencyKey });
    toast({ message: `${level.productId}: ${pieces(level.available)} available now.`, tone: 'success' });
    navigate('/inventory');
  };

  override render() {
    return html`
      <ml-page-header
        heading="Receive goods"
        description="What comes in can be sold at once."
        back-href="/inventory"
        back-label="Inventory"
      ></ml-page-header>
      <ml-card class="narrow">
        <ml-form .action=${this.receive} submit-label="Receive" cancel-href="/inventory">
          <div class="pair">
            <ml-field name="productId" label="Product code" required focus-first maxlength="64"></ml-field>
            <ml-field name="quantity" label="Pieces" type="integer" required min="1" max="1000000"></ml-field>
          </div>
          <ml-field
            name="reference"
            label="Delivery reference"
            required
            maxlength="128"
            hint="As on the delivery note. The same delivery entered twice counts once."
          ></ml-field>
        </ml-form>
      </ml-card>
    `;
  }
}
