import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** An entry of the ledger, which is only ever added to. See the README for what each kind does to a level. */
@Entity({ schema: 'inventory', name: 'movement' })
export class MovementRow {
  @PrimaryGeneratedColumn('identity', { name: 'movement_id', type: 'bigint' })
  movementId!: string;

  @Column('text', { name: 'product_id' })
  productId!: string;

  @Column('text')
  kind!: 'received' | 'reserved' | 'released' | 'committed';

  @Column('integer')
  quantity!: number;

  /** The receipt's reference, or the reservation's id. */
  @Column('text')
  reference!: string;

  @CreateDateColumn({ name: 'moved_at', type: 'timestamptz' })
  movedAt!: Date;
}
