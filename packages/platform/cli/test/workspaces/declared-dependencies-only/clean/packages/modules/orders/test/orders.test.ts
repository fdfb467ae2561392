import { test } from 'vitest';
import { Orders } from '@shop/orders';

export const used = [test, Orders];
