import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A card that was kept, to be paid with again. */
@Entity({ schema: 'payments', name: 'card' })
export class CardRow {
  @PrimaryColumn('text')
  token!: string;

  @Column('text')
  label!: string;

  @CreateDateColumn({ name: 'kept_at', type: 'timestamptz' })
  keptAt!: Date;
}
