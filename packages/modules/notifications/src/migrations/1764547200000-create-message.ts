import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMessage1764547200000 implements MigrationInterface {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE notifications.message (
        message_id uuid PRIMARY KEY,
        position   bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        channel    text NOT NULL CHECK (channel IN ('email', 'memory')),
        carrier    text NOT NULL CHECK (carrier IN ('smtp', 'memory')),
        recipient  text NOT NULL,
        template   text NOT NULL,
        locale     text,
        subject    text NOT NULL,
        text       text NOT NULL,
        html       text NOT NULL,
        status     text NOT NULL CHECK (status IN ('queued', 'sent', 'failed')),
        reason     text,
        attempts   integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
        created_at timestamptz NOT NULL DEFAULT now(),
        sent_at    timestamptz,
        CONSTRAINT sent_has_a_time CHECK ((status = 'sent') = (sent_at IS NOT NULL)),
        CONSTRAINT failed_has_a_reason CHECK (status <> 'failed' OR reason IS NOT NULL)
      )`);
    await queryRunner.query('CREATE INDEX message_of_recipient ON notifications.message (recipient, position)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE notifications.message');
  }
}
