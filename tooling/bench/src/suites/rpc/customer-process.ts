/** A process that asks, as often as it is told to: `customer-process.js NAME NATS_URL`. Tells its parent when it can, and ends when it is told to. */
import 'reflect-metadata';
import { type Measurement, measured } from './measurement.js';
import { OFFICES, type OfficeName } from './offices/all-offices.js';

const [, , name, natsUrl] = process.argv;
const customer = await OFFICES[name as OfficeName].customer(natsUrl!);
process.send!('open');
process.on('message', async (message: Measurement | 'stop') => {
  if (message !== 'stop') return void process.send!(await measured(message, customer));
  await customer.close();
  process.exit();
});
