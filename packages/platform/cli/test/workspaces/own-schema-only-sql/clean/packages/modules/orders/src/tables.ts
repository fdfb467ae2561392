export const LINES = 'orders.line';
