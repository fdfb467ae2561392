import type { Type } from '@nestjs/common';

/** What a projection says about itself. */
export interface ProjectionDeclaration {
  /** Stable, and unique in its module: `sales`. */
  readonly name: string;
  /** The tables that it fills, without the schema. Each has an integer column `generation`, first in its primary key. */
  readonly tables: readonly string[];
}

const PROJECTION = Symbol.for('macrolith.projection');

const NAME = /^[a-z][a-z0-9_]{0,62}$/;

/**
 * Makes a subscriber a projection: a read model that is built from events alone and can be built anew while it serves. Its
 * `@On` methods hear every event from the beginning of the log, once for each generation that is kept, and write rows of
 * that generation:
 *
 * ```ts
 * @Projection('sales', { tables: ['sale'] })
 * export class SalesProjection {
 *   @On(Orders.event.orderPlaced)
 *   async record(event: DataOf<typeof Orders.event.orderPlaced>, envelope: EventEnvelope) {
 *     await this.data.query(ADD, [generationOf(envelope), …]);
 *   }
 * }
 * ```
 *
 * Several methods may be at work at once, also on one order: what they write must not depend on which comes first.
 */
export function Projection(name: string, { tables }: Omit<ProjectionDeclaration, 'name'>): ClassDecorator {
  const wrong = [name, ...tables].find((each) => !NAME.test(each));
  if (wrong !== undefined) {
    throw new TypeError(
      `'${wrong}' cannot name a projection or its table: write lower-case letters, digits and underscores.`,
    );
  }
  return (target) => {
    Object.defineProperty(target, PROJECTION, { value: Object.freeze({ name, tables: [...tables] }) });
  };
}

/** What the decorator said about a class; nothing for a plain subscriber. */
export function projectionOf(type: Type): ProjectionDeclaration | undefined {
  return (type as { [PROJECTION]?: ProjectionDeclaration })[PROJECTION];
}
