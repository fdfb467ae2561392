import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateShipment1795667251241 implements MigrationInterface {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE shipping.shipment (
        shipment_id    uuid PRIMARY KEY,
        order_id       text NOT NULL UNIQUE,
        status         text NOT NULL CHECK (status IN ('requested', 'dispatched', 'delivered', 'refused')),
        lines          jsonb NOT NULL,
        pieces         integer NOT NULL CHECK (pieces > 0),
        tracking_code  text,
        refusal_reason text,
        refused_goods  text CHECK (refused_goods IN ('in-house', 'away')),
        requested_at   timestamptz NOT NULL,
        dispatched_at  timestamptz,
        delivered_at   timestamptz,
        refused_at     timestamptz,
        CONSTRAINT refused_for_a_reason CHECK (
          (status = 'refused') = (refused_at IS NOT NULL AND refusal_reason IS NOT NULL AND refused_goods IS NOT NULL))
      )`);
    await queryRunner.query('CREATE INDEX shipment_status ON shipping.shipment (status, shipment_id)');
    await queryRunner.query(`
      CREATE TABLE shipping.known_order (
        order_id  text PRIMARY KEY,
        withdrawn boolean NOT NULL
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE shipping.known_order, shipping.shipment');
  }
}
