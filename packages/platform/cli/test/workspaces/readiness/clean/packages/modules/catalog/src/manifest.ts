import { defineModule } from '@shop/core';
import { Catalog } from './index.js';

export const catalog = defineModule(Catalog, { owner: 'team-shelf' });
