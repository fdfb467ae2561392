import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** What a generated module keeps. */
export interface Item {
  readonly itemId: string;
  readonly name: string;
  readonly amountMinor: number;
  readonly active: boolean;
  readonly createdAt: Date;
}

/** A class of its own for the table of each module. */
export function itemEntityOf(schema: string): new () => Item {
  @Entity({ schema, name: 'item' })
  class ItemRow implements Item {
    @PrimaryColumn('uuid', { name: 'item_id' })
    itemId!: string;

    @Column('text')
    name!: string;

    @Column('int', { name: 'amount_minor' })
    amountMinor!: number;

    @Column('boolean')
    active!: boolean;

    @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
    createdAt!: Date;
  }
  Object.defineProperty(ItemRow, 'name', { value: `${schema}_item_row` });
  return ItemRow;
}

export function createItemTable(schema: string): string {
  return `CREATE TABLE ${schema}.item (
    item_id uuid PRIMARY KEY, name text NOT NULL, amount_minor int NOT NULL, active boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`;
}
