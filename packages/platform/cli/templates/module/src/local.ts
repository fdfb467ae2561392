/** __Title__ in this process, on PostgreSQL. */
import { LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { outbox } from '@macrolith/events';
import { __Name__Service } from './__name__.service.js';
import { EntryRow } from './entry.entity.js';
import { __camelName__ } from './manifest.js';
import { CreateEntry__timestamp__ } from './migrations/__timestamp__-create-entry.js';

@LocalModule(__camelName__, {
  provider: __Name__Service,
  features: [database({ entities: [EntryRow], migrations: [CreateEntry__timestamp__] }), outbox()],
})
export class __Name__Module {}
