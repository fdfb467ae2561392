import type { Orders } from '@shop/orders';

export type Used = Orders;
