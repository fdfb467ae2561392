import { type InputOf, type OutputOf, pageFrom } from '@macrolith/contract';
import { Transactional } from '@macrolith/data';
import { Events } from '@macrolith/events';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { EntryRow } from './entry.entity.js';
import { __Name__, type Entry, EntryExists, EntryNotFound } from './index.js';

@Injectable()
export class __Name__Service implements __Name__ {
  constructor(
    @InjectRepository(EntryRow) private readonly entries: Repository<EntryRow>,
    private readonly events: Events,
  ) {}

  async list({ cursor, limit = 20 }: InputOf<__Name__['list']>): Promise<OutputOf<__Name__['list']>> {
    const page = this.entries.createQueryBuilder('entry').orderBy('entry.entryId').limit(limit + 1);
    if (cursor !== undefined) page.where('entry.entryId > :cursor', { cursor });
    const entries = (await page.getMany()).map(toEntry);
    return pageFrom(entries, limit, (last) => last.entryId);
  }

  async getEntry({ entryId }: InputOf<__Name__['getEntry']>): Promise<Entry> {
    const row = await this.entries.findOneBy({ entryId });
    if (row === null) throw new EntryNotFound({ entryId });
    return toEntry(row);
  }

  @Transactional()
  async addEntry({ entryId, name }: InputOf<__Name__['addEntry']>): Promise<Entry> {
    const row = this.entries.create({ entryId, name });
    const { raw } = await this.entries.createQueryBuilder().insert().values(row).orIgnore().execute();
    if (raw.length === 0) throw new EntryExists({ entryId });

    await this.events.publish(__Name__.event.entryAdded, { entryId, name });
    return toEntry(row);
  }
}

function toEntry({ entryId, name, addedAt }: EntryRow): Entry {
  return { entryId, name, addedAt };
}
