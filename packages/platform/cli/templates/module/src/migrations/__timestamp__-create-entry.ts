import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateEntry__timestamp__ implements MigrationInterface {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Ids are compared byte by byte: pages have one order, whatever the locale of the database.
    await queryRunner.query(`
      CREATE TABLE __schema__.entry (
        entry_id text COLLATE "C" PRIMARY KEY,
        name     text NOT NULL,
        added_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE __schema__.entry');
  }
}
