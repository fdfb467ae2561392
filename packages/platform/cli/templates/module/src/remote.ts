/** __Title__ in another process, called over a transport. */
import { RemoteModule } from '@macrolith/core';
import { __camelName__ } from './manifest.js';

@RemoteModule(__camelName__)
export class __Name__Module {}
