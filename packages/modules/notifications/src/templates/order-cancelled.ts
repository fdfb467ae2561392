import type { Template } from './template.js';

/** Data: `order`, `lines` (those that were cancelled, one a line), `amount` (what is given back). */
export const orderCancelled: Template = {
  name: 'order-cancelled',
  wordings: {
    en: {
      subject: 'Cancelled: your order {order}',
      body: `These items of your order {order} were cancelled:

{lines}

You do not pay for them: {amount} is yours again.`,
    },
    de: {
      subject: 'Storniert: Ihre Bestellung {order}',
      body: `Diese Artikel Ihrer Bestellung {order} wurden storniert:

{lines}

Sie zahlen dafür nichts: {amount} gehören wieder Ihnen.`,
    },
  },
};
