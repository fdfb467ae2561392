/** Connections to PostgreSQL of each process. */
export const POOL_SIZE = 16;
