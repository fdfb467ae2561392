import preset from '@macrolith/jest';

export default { ...preset, testMatch: ['<rootDir>/*.suite.ts'], reporters: [] };
