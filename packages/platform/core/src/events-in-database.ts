/**
 * Says of a process that its events stay in the database: they reach who hears them in this process, and nobody in another.
 * `@macrolith/events/local` provides it; where events travel nobody does.
 */
export abstract class EventsInDatabase {
  /** Whether other processes on this database let events travel until now: whoever is elsewhere may hear them. */
  abstract readonly travelledBefore: boolean;
  /** Events of modules of this process that a module has asked for in the database, without their versions: `orders.order-placed`. */
  abstract askedForBy(module: string): readonly string[];
}
