import { EventsModule } from '@macrolith/events/local';
import { specifyTransport } from './specification.js';

specifyTransport('within the database', () => ({ module: EventsModule.forRoot, owed: 'gazette.delivery' }));
