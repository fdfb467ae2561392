/** A process of the workshop. `RULES` says which rules it has. */
import { limit, schedule } from '@macrolith/events';
import { openWorkshop, type Rules, Workshop } from '../workshop.js';

const RULES: Readonly<Record<string, Rules>> = {
  'three at once': { workshop: [limit(Workshop.op.paint, 3)] },
  'every second': {
    desk: [
      schedule('every-second', {
        cron: '* * * * * *',
        task: Workshop.op.sand,
        input: (tick) => ({ piece: tick.toISOString() }),
      }),
    ],
  },
};

const { DATABASE_URL: databaseUrl = '', RULES: rules = '' } = process.env;
const workshop = await openWorkshop(databaseUrl, RULES[rules]);
workshop.app.enableShutdownHooks(['SIGTERM'], { useProcessExit: true });
process.send?.({ ready: 'open' });
