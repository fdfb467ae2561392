import type { Template } from './template.js';

/** Data: `order`, `lines` (all that was left of it, one a line), `amount` (what is given back). */
export const orderUndeliverable: Template = {
  name: 'order-undeliverable',
  wordings: {
    en: {
      subject: 'We are sorry: your order {order} cannot be delivered',
      body: `We are sorry. We cannot deliver your order {order}, and have cancelled it:

{lines}

You do not pay for it: {amount} is yours again.`,
    },
    de: {
      subject: 'Ihre Bestellung {order} kann leider nicht geliefert werden',
      body: `Es tut uns leid. Wir können Ihre Bestellung {order} nicht liefern und haben sie storniert:

{lines}

Sie zahlen dafür nichts: {amount} gehören wieder Ihnen.`,
    },
  },
};
