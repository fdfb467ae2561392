export const METHODS = ['card', 'account'] as const;
