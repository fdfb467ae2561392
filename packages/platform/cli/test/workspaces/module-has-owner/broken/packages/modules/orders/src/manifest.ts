import { Catalog } from '@shop/catalog';
import { defineModule } from '@shop/core';
import { Orders } from './index.js';

const { OWNER } = process.env;

export const orders = defineModule(Orders, { owner: OWNER!, uses: [Catalog] });
