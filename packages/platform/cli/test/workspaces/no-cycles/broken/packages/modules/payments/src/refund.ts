import { Orders } from '@shop/orders';

export const used = Orders;
