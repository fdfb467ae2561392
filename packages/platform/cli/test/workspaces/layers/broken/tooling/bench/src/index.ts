export const bench = true;
