/**
 * Says of a process that its events stay in the database: they reach who hears them in this process, and nobody in another.
 * `@macrolith/events/local` provides it; where events travel nobody does.
 */
export abstract class EventsInDatabase {
  /** Events of modules of this process that a module has asked for in the database, without their versions: `orders.order-placed`. */
  abstract askedForBy(module: string): readonly string[];
}
