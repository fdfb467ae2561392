import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: '__schema__', name: 'entry' })
export class EntryRow {
  @PrimaryColumn('text', { name: 'entry_id' })
  entryId!: string;

  @Column('text')
  name!: string;

  @CreateDateColumn({ name: 'added_at', type: 'timestamptz' })
  addedAt!: Date;
}
