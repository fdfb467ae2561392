/** One way to store a change, tell of it over JetStream, and store the effect of hearing it. */
export interface Newspaper {
  readonly name: string;
  /** Stores a story and tells of it. Resolves when both are done, as far as this way goes. */
  print(number: number): Promise<void>;
  /** Calls `heard` at the moment that the code which hears a story begins. */
  onHeard(heard: (number: number) => void): void;
  /** How many effects are stored. */
  stored(): Promise<number>;
  close(): Promise<void>;
}

/** Every so many stories one key: their order counts, where a way keeps it. */
export const TOPICS = 100;
