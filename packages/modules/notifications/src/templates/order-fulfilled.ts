import type { Template } from './template.js';

/** Data: `order`, `lines` (one a line), `total`. */
export const orderFulfilled: Template = {
  name: 'order-fulfilled',
  wordings: {
    en: {
      subject: 'On its way: your order {order}',
      body: `Your order {order} has left our house:

{lines}

You have paid {total}.`,
    },
    de: {
      subject: 'Unterwegs: Ihre Bestellung {order}',
      body: `Ihre Bestellung {order} hat unser Haus verlassen:

{lines}

Sie haben {total} bezahlt.`,
    },
  },
};
