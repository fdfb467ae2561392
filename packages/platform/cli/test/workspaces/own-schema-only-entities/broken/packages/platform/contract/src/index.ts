export const contract = true;
