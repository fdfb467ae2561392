export const stray = { query: (text: string) => text }.query('SELECT * FROM catalog.product');
