import type { Template } from './template.js';

/** Data: `order`, `lines` (one a line), `total`. */
export const orderPlaced: Template = {
  name: 'order-placed',
  wordings: {
    en: {
      subject: 'We have your order {order}',
      body: `Thank you for your order.

{lines}

Total: {total}

We will write again when it is on its way. Your order number is {order}.`,
    },
    de: {
      subject: 'Ihre Bestellung {order} ist eingegangen',
      body: `Vielen Dank für Ihre Bestellung.

{lines}

Summe: {total}

Wir melden uns, sobald sie unterwegs ist. Ihre Bestellnummer ist {order}.`,
    },
  },
};
