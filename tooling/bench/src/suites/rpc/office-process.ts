/** A process that answers: `office-process.js NAME NATS_URL`. Tells its parent when it can be asked, and ends when it is told to. */
import 'reflect-metadata';
import { OFFICES, type OfficeName } from './offices/all-offices.js';

const [, , name, natsUrl] = process.argv;
const close = await OFFICES[name as OfficeName].serve(natsUrl!);
process.send!('open');
process.once('message', async () => {
  await close();
  process.exit();
});
