import { RemoteModule } from '@macrolith/core';
import { tally } from './tally.js';

@RemoteModule(tally)
export class TallyModule {}
