export const data = true;
