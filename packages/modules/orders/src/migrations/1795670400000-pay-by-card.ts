import type { ModuleMigration } from '@macrolith/data';
import type { QueryRunner } from 'typeorm';

/** Orders that a card pays. A process of the version before cannot read those; none is there before the new one serves. */
export class PayByCard1795670400000 implements ModuleMigration {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    // The constraint is checked for new rows. Those that are there satisfy it: they have an account and no card.
    await queryRunner.query(`
      ALTER TABLE orders.order_header
        ALTER COLUMN account_id DROP NOT NULL,
        ADD COLUMN card_token text,
        ADD CONSTRAINT one_payer CHECK (num_nonnulls(account_id, card_token) = 1) NOT VALID`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DELETE FROM orders.order_header WHERE account_id IS NULL');
    await queryRunner.query(`
      ALTER TABLE orders.order_header
        DROP CONSTRAINT one_payer, DROP COLUMN card_token, ALTER COLUMN account_id SET NOT NULL`);
  }
}
