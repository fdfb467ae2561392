export const events = true;
