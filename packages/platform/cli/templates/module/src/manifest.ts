import { defineModule } from '@macrolith/core';
import { routes } from '@macrolith/http';
import { __Name__ } from './index.js';

const __Name__Routes = routes(__Name__, {
  list: 'GET /entries',
  getEntry: 'GET /entries/:entryId',
  addEntry: 'POST /entries',
});

export const __camelName__ = defineModule(__Name__, {
  owner: '__owner__',
  web: [__Name__Routes],
  ui: new URL('../dist/ui/', import.meta.url),
});
