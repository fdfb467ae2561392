export const localservices = true;
