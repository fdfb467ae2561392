/** The gazette together with an archive that wants everything from its beginning. */
import { archive, gazette, Processes } from '../gazette.js';

const press = gazette();
const processes = new Processes(process.env.DATABASE_URL ?? '');
const file = archive(['file', press.Gazette.event.issued, { from: 'beginning' }]);
await processes.start([press.GazetteModule, file], { leaseMs: 500 });
process.on('SIGTERM', async () => {
  await processes.end();
  process.exit(0);
});
process.send?.({ ready: 'filing' });
