import type { EntitySchema } from 'typeorm';

/** A class with TypeORM's `@Entity()`, or an EntitySchema. */
export type Entity = (new () => object) | EntitySchema<any>;
