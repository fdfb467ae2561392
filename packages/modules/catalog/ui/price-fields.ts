import { type FieldOption, html, type Money } from '@macrolith/ui';

const CURRENCIES: readonly FieldOption[] = [
  { value: 'GBP', label: 'GBP – British pound' },
  { value: 'EUR', label: 'EUR – Euro' },
  { value: 'USD', label: 'USD – US dollar' },
];

/** The field of a price, with the currency that it is in. The field's value is `Money`, under the name `price`. */
export function priceField(label: string, currency: string, price?: Money) {
  return html`<ml-field name="price" label=${label} type="money" required min="0" .currency=${currency} .value=${price}></ml-field>`;
}

/** The field of the currency. `chosen` hears of every choice. */
export function currencyField(currency: string, chosen: (currency: string) => void) {
  const choose = (event: Event) => {
    const reading = (event.target as HTMLElementTagNameMap['ml-field']).read();
    if ('value' in reading && typeof reading.value === 'string') chosen(reading.value);
  };
  return html`<ml-field
    name="currency"
    label="Currency"
    type="select"
    required
    .options=${CURRENCIES}
    .value=${currency}
    @input=${choose}
  ></ml-field>`;
}
