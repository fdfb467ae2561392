import preset from '@macrolith/jest';

export default {
  ...preset,
  globalSetup: '@macrolith/local-services/jest',
  // Miniature workspaces hold tests and packages of their own.
  testPathIgnorePatterns: ['/node_modules/', '/test/workspaces/'],
  modulePathIgnorePatterns: ['<rootDir>/test/workspaces/', '<rootDir>/templates/', '<rootDir>/dist/'],
};
