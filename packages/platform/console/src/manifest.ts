import { defineModule } from '@macrolith/core';
import { routes } from '@macrolith/http';
import { Console } from './index.js';

const ConsoleRoutes = routes(Console, {
  overview: 'GET /overview',
  listDeliveries: 'GET /deliveries',
  listUnreadable: 'GET /unreadable',
  showMessage: 'GET /messages/:messageId',
  story: 'GET /story',
  howMany: 'GET /interventions/count',
  intervene: 'POST /messages/:messageId/interventions',
  interveneMany: 'POST /interventions',
  listRuns: 'GET /runs',
  showRun: 'GET /runs/:module/:runId',
  interveneRun: 'POST /runs/:module/:runId/interventions',
});

export const consoleManifest = defineModule(Console, {
  owner: 'team-platform',
  isOfItsProcess: true,
  web: [ConsoleRoutes],
  ui: new URL('../dist/ui/', import.meta.url),
});
